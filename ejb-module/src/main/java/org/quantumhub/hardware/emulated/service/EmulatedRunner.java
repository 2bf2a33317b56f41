package org.quantumhub.hardware.emulated.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.qasm.OpenQasm;
import org.quantumhub.engine.simulator.RunResult;
import org.quantumhub.engine.transpiler.Compiled;
import org.quantumhub.hardware.Backend;
import org.quantumhub.hardware.BackendCalibration;
import org.quantumhub.hardware.EmulatedTaskRegister.Entry;
import org.quantumhub.hardware.service.Catalogue;
import org.quantumhub.hardware.service.Work;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.service.HubThreads;

/// The inside of the emulated devices: one task at a time on each server, begun when its time has come. A task whose
/// server died is begun again elsewhere; the same seed gives the same counts.
@ApplicationScoped
public class EmulatedRunner {

    private static final Logger LOG = System.getLogger(EmulatedRunner.class.getName());
    private static final int AT_ONCE = 4;

    @Inject
    EmulatedBooks books;

    @Inject
    Catalogue catalogue;

    @Inject
    HubThreads threads;

    private final UUID id = Ids.next();
    private final AtomicBoolean working = new AtomicBoolean();

    /// Looks for tasks whose time has come, unless somebody on this server does already.
    void wake() {
        if (working.compareAndSet(false, true)) {
            threads.pool().execute(() -> {
                try {
                    work();
                } catch (RuntimeException e) {
                    LOG.log(Level.WARNING, "the emulated devices stopped for a moment: {0}", e.toString());
                } finally {
                    working.set(false);
                }
            });
        }
    }

    private void work() {
        List<Entry> begun = books.begin(id, AT_ONCE);
        while (!begun.isEmpty()) {
            begun.forEach(this::run);
            begun = books.begin(id, AT_ONCE);
        }
    }

    private void run(Entry entry) {
        try {
            Backend backend = catalogue.get(entry.backendSlug());
            BackendCalibration calibration = catalogue.calibration(entry.backendSlug(), entry.startsAt());
            Work work = new Work(
                    backend,
                    entry.format(),
                    entry.program(),
                    entry.shots(),
                    entry.seed(),
                    entry.memory(),
                    entry.parameters());
            Compiled compiled = EmulatedProvider.compile(work);
            DeviceShape shape = DeviceShape.of(backend);
            RunResult result = new NoisyRun(QubitFigures.of(calibration.document(), shape.labelsOf(compiled.used())))
                    .run(compiled.compact(), entry.shots(), entry.seed(), entry.memory());
            books.end(entry.id(), json(result, compiled, shape).toString(), null);
        } catch (CircuitException | HubException e) {
            books.end(entry.id(), null, String.valueOf(e.getMessage()));
        } catch (RuntimeException | OutOfMemoryError e) {
            LOG.log(Level.ERROR, "an emulated device failed task=" + entry.id(), e);
            books.end(entry.id(), null, "The emulated device failed on this circuit; the failure is logged.");
        }
    }

    private static JsonObject json(RunResult result, Compiled compiled, DeviceShape shape) {
        JsonObjectBuilder counts = Json.createObjectBuilder();
        result.counts().forEach(counts::add);
        JsonObjectBuilder probabilities = Json.createObjectBuilder();
        for (Map.Entry<String, Double> entry : result.probabilities().entrySet()) {
            probabilities.add(entry.getKey(), entry.getValue());
        }
        JsonArrayBuilder memory = Json.createArrayBuilder();
        result.memory().forEach(memory::add);
        return Json.createObjectBuilder()
                .add("counts", counts)
                .add("probabilities", probabilities)
                .add("exact", result.probabilitiesExact())
                .add("memory", memory)
                .add("seconds", result.seconds())
                .add(
                        "explanation",
                        "Emulated with the noise of a calibration: " + compiled.pairGates() + " gates of two qubits, "
                                + compiled.swaps() + " swaps; " + result.explanation())
                .add("details", details(compiled, shape))
                .build();
    }

    private static JsonObject details(Compiled compiled, DeviceShape shape) {
        return Json.createObjectBuilder()
                .add("emulated", true)
                .add("compiledProgram", OpenQasm.write3(compiled.circuit()))
                .add(
                        "qubitMapping",
                        Json.createObjectBuilder()
                                .add("initial", numbers(shape.labelsOf(compiled.initial())))
                                .add("final", numbers(shape.labelsOf(compiled.last()))))
                .add("usedQubits", numbers(shape.labelsOf(compiled.used())))
                .add("swaps", compiled.swaps())
                .add("pairGates", compiled.pairGates())
                .add("comparedWithOriginal", compiled.verified())
                .build();
    }

    private static JsonArrayBuilder numbers(List<Integer> values) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        values.forEach(array::add);
        return array;
    }
}
