package org.quantumhub.hardware.service;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Settings of devices and the ways to them, checked at the start.
@ApplicationScoped
public class HardwareConfig {

    @Inject
    @ConfigProperty(name = "hub.hardware.emulation", defaultValue = "true")
    boolean emulation;

    @Inject
    @ConfigProperty(name = "hub.hardware.emulated-queue-millis", defaultValue = "1500")
    int emulatedQueueMillis;

    @Inject
    @ConfigProperty(name = "hub.hardware.emulated-windows", defaultValue = "false")
    boolean emulatedWindows;

    @Inject
    @ConfigProperty(name = "hub.hardware.refresh-seconds", defaultValue = "900")
    int refreshSeconds;

    @Inject
    @ConfigProperty(name = "hub.hardware.learn-prices", defaultValue = "true")
    boolean learnPrices;

    @Inject
    @ConfigProperty(name = "hub.hardware.mark", defaultValue = "quantum-hub")
    String mark;

    @PostConstruct
    void check() {
        between("hub.hardware.emulated-queue-millis", emulatedQueueMillis, 0, 86_400_000);
        between("hub.hardware.refresh-seconds", refreshSeconds, 5, 86_400);
        if (!mark.matches("[A-Za-z0-9._-]{1,60}")) {
            throw new IllegalArgumentException("hub.hardware.mark must be 1 to 60 letters, digits, '.', '_' or '-'");
        }
    }

    private static void between(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " is " + value + ", it must lie between " + least + " and " + most);
        }
    }

    /// Whether the hub emulates devices.
    public boolean emulation() {
        return emulation;
    }

    /// How long a task waits at an emulated device.
    public int emulatedQueueMillis() {
        return emulatedQueueMillis;
    }

    /// Whether emulated devices keep the opening hours of the devices they imitate.
    public boolean emulatedWindows() {
        return emulatedWindows;
    }

    /// How often the catalogues of providers are read.
    public int refreshSeconds() {
        return refreshSeconds;
    }

    /// Whether prices follow what providers ask for.
    public boolean learnPrices() {
        return learnPrices;
    }

    /// The word by which this installation knows its own tasks at a provider.
    public String mark() {
        return mark;
    }
}
