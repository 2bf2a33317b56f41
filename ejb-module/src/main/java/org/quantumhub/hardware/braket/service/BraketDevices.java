package org.quantumhub.hardware.braket.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.quantumhub.hardware.DeviceRegister.Learned;
import org.quantumhub.hardware.braket.service.BraketClients.Reach;
import software.amazon.awssdk.services.braket.model.DeviceQueueInfo;
import software.amazon.awssdk.services.braket.model.DeviceSummary;
import software.amazon.awssdk.services.braket.model.GetDeviceResponse;

/// Reads Braket's catalogue.
@ApplicationScoped
public class BraketDevices {

    private static final int MOST = 2_000;

    @Inject
    BraketClients clients;

    /// The devices of every region that can be worked with.
    List<Learned> all() {
        Map<String, Learned> devices = new HashMap<>();
        for (String region : clients.regions()) {
            Reach reach = clients.reach(region);
            for (DeviceSummary summary : summaries(reach)) {
                reach.searching().await();
                GetDeviceResponse device =
                        BraketCalls.call(() -> reach.braket().getDevice(r -> r.deviceArn(summary.deviceArn())));
                devices.put(
                        device.deviceArn(),
                        new BraketDevice(device.deviceCapabilities())
                                .learned(
                                        device.deviceArn(),
                                        device.deviceName(),
                                        device.providerName(),
                                        device.deviceTypeAsString(),
                                        device.deviceStatusAsString(),
                                        depth(device.deviceQueueInfo())));
            }
        }
        return List.copyOf(devices.values());
    }

    private List<DeviceSummary> summaries(Reach reach) {
        List<DeviceSummary> found = new ArrayList<>();
        @Nullable String next = null;
        do {
            String page = next;
            reach.searching().await();
            var response = BraketCalls.call(() -> reach.braket()
                    .searchDevices(r -> r.filters(List.of()).maxResults(100).nextToken(page)));
            found.addAll(response.devices());
            next = response.nextToken();
        } while (next != null && found.size() < MOST);
        return found;
    }

    /// Sizes are told as text, such as `5` or `>4000`.
    private static @Nullable Integer depth(@Nullable List<DeviceQueueInfo> queues) {
        if (queues == null || queues.isEmpty()) {
            return null;
        }
        int depth = 0;
        for (DeviceQueueInfo queue : queues) {
            String digits = String.valueOf(queue.queueSize()).replaceAll("[^0-9]", "");
            if ("QUANTUM_TASKS_QUEUE".equals(queue.queueAsString()) && !digits.isEmpty() && digits.length() < 9) {
                depth += Integer.parseInt(digits);
            }
        }
        return depth;
    }
}
