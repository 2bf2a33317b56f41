package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.simulator.RunCancelledException;
import org.quantumhub.engine.simulator.RunOptions;
import org.quantumhub.engine.simulator.RunResult;
import org.quantumhub.execution.ClaimedJob;
import org.quantumhub.execution.Outcome;
import org.quantumhub.execution.Program;
import org.quantumhub.shared.HubException;

/// Runs a claimed job on the engine. No transaction is needed and no job can break the worker: whatever goes wrong with
/// it becomes its outcome.
@ApplicationScoped
public class Simulation {

    private static final Logger LOG = System.getLogger(Simulation.class.getName());

    @Inject
    Circuits circuits;

    @Inject
    Simulators simulators;

    @Inject
    Workbench workbench;

    @Inject
    ResultData data;

    @Inject
    ExecutionMetrics metrics;

    /// The server is stopping: the job is not at fault and stays for another server.
    public static final class Abandoned extends RuntimeException {}

    /// @throws Abandoned when the server is stopping
    public Outcome run(ClaimedJob job) {
        return run(job, null);
    }

    Outcome run(ClaimedJob job, @Nullable Circuit read) {
        metrics.begun(job);
        long start = System.nanoTime();
        try {
            Program program = new Program(job.format(), job.program());
            Circuit circuit = read != null ? read : circuits.readToRun(program, job.parameters());
            RunOptions options = RunOptions.shots(job.shots())
                    .withSeed(job.seed())
                    .withMemory(job.memory())
                    .withCancellation(workbench.cancellationOf(job.id()));
            RunResult result = simulators.of(job.backendSlug()).run(circuit, options);
            long ran = System.nanoTime();
            String values = circuits.requestedValues(program, job.parameters(), circuit, options);
            return data.store(
                    job,
                    new Outcome.Succeeded(
                            values == null ? result.seconds() : result.seconds() + secondsSince(ran),
                            ResultJson.counts(result, values),
                            job.memory() ? ResultJson.memory(result) : null));
        } catch (RunCancelledException e) {
            if (!workbench.isCancelled(job.id())) {
                throw new Abandoned();
            }
            return new Outcome.Cancelled(secondsSince(start));
        } catch (HubException e) {
            return failed(start, "INVALID_CIRCUIT", String.valueOf(e.getMessage()));
        } catch (CircuitException e) {
            return failed(start, e.code().name(), String.valueOf(e.getMessage()));
        } catch (OutOfMemoryError e) {
            LOG.log(Level.WARNING, "out of memory job={0}", job.id());
            return failed(start, "OUT_OF_MEMORY", "The server ran out of memory while simulating the circuit.");
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the engine failed job=" + job.id(), e);
            return failed(start, "ENGINE_FAILED", "The simulator failed on this circuit; the failure is logged.");
        }
    }

    private static Outcome failed(long start, String reason, String message) {
        return new Outcome.Failed(
                secondsSince(start), reason, message.length() > 1000 ? message.substring(0, 1000) : message);
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
