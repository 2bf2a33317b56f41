package org.quantumhub.execution.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.quantumhub.engine.circuit.Circuit;
import org.quantumhub.engine.circuit.CircuitException;
import org.quantumhub.engine.simulator.CostEstimate;
import org.quantumhub.execution.Program;
import org.quantumhub.hardware.Backend;
import org.quantumhub.hardware.Paradigm;
import org.quantumhub.hardware.service.Catalogue;
import org.quantumhub.hardware.service.Providers;
import org.quantumhub.hardware.service.Work;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;

/// Decides, before anything is allocated, whether a program can run at all.
@ApplicationScoped
public class Admission {

    /// A run's bitstrings, shot by shot, are kept in the database: that many characters at most.
    private static final long LARGEST_MEMORY = 4_000_000;

    /// The same for all bitstrings that counts may name.
    private static final long LARGEST_COUNTS = 40_000_000;

    @Inject
    ExecutionConfig config;

    @Inject
    Catalogue catalogue;

    @Inject
    Providers providers;

    @Inject
    CostModel costs;

    @Inject
    Simulators simulators;

    /// @param program the text that the circuit was read from: providers read it for themselves
    /// @param parameters values of its inputs, a JSON object
    /// @throws HubException `BACKEND_UNAVAILABLE`, `INVALID_FIELD`, `INVALID_CIRCUIT` or `CIRCUIT_TOO_LARGE`, naming
    /// the
    ///         limit
    CostEstimate admit(
            Caller caller,
            Program program,
            @Nullable String parameters,
            ReadProgram read,
            NewJob job,
            Backend backend) {
        catalogue.refuseUnavailable(caller, backend);
        refuseOtherKind(read, backend);
        if (job.shots() > backend.maxShots() || job.shots() < backend.minShots()) {
            throw new HubException(
                            ProblemCode.INVALID_FIELD,
                            "shots is " + job.shots() + ", this backend takes " + backend.minShots() + " to "
                                    + backend.maxShots() + ".")
                    .with("field", "shots")
                    .with("limit", job.shots() < backend.minShots() ? backend.minShots() : backend.maxShots());
        }
        Circuit circuit = read.circuit();
        if (circuit != null && circuit.qubitCount() == 0) {
            throw new HubException(ProblemCode.INVALID_CIRCUIT, "The circuit has no qubits; there is nothing to run.");
        }
        int qubits = circuit == null ? read.qubits() : circuit.qubitCount();
        if (qubits > backend.maxQubits()) {
            throw tooLarge(
                    "qubits",
                    (circuit == null ? qubits + " atoms" : qubits + " qubits, whose state needs " + stateSize(qubits))
                            + "; this backend takes " + backend.maxQubits() + " at most."
                            + (backend.isProvided() || circuit == null ? "" : Simulators.adviceFor(circuit)));
        }
        if (backend.isProvided() || circuit == null) {
            return admitToProvider(program, parameters, read, job, backend);
        }
        return admitToEngine(circuit, read, job, backend);
    }

    private CostEstimate admitToEngine(Circuit circuit, ReadProgram read, NewJob job, Backend backend) {
        try {
            simulators.of(backend.slug()).check(circuit);
            RequestedValues.check(circuit, job.shots(), backend.slug());
        } catch (CircuitException e) {
            throw Circuits.problem(e);
        }
        CostEstimate estimate = simulators.estimate(backend.slug(), circuit, job.shots());
        if (estimate.bytes() > config.stateBytesPerLane()) {
            throw tooLarge(
                    "memory",
                    circuit.qubitCount() + " qubits, whose simulation needs " + mebibytes(estimate.bytes())
                            + " MiB; here it may take " + mebibytes(config.stateBytesPerLane()) + " MiB."
                            + Simulators.adviceFor(circuit));
        }
        refuseLongMemory(read, job);
        refuseLongCounts(read, job);
        return costs.of(estimate);
    }

    /// Where every shot may come out differently, counts are as long as all shots together.
    private static void refuseLongCounts(ReadProgram read, NewJob job) {
        int width = read.shotLength();
        double outcomes = Math.min(job.shots(), Math.pow(2, width));
        if (outcomes * width > LARGEST_COUNTS) {
            throw new HubException(
                            ProblemCode.INVALID_FIELD,
                            "shots is " + job.shots() + ": counts of " + width + " bits each could take "
                                    + (long) outcomes * width + " characters, at most " + LARGEST_COUNTS + " are kept.")
                    .with("field", "shots")
                    .with("limit", LARGEST_COUNTS / width);
        }
    }

    /// What runs elsewhere takes no memory here; what its device cannot run is refused before money is held.
    private CostEstimate admitToProvider(
            Program program, @Nullable String parameters, ReadProgram read, NewJob job, Backend backend) {
        refuseLongMemory(read, job);
        try {
            providers
                    .of(backend)
                    .validate(new Work(
                            backend,
                            program.format().name(),
                            program.text(),
                            job.shots(),
                            0,
                            job.memory(),
                            parameters));
        } catch (CircuitException e) {
            throw Circuits.problem(e);
        }
        return simulators.elsewhere(backend, read.circuit(), job.shots());
    }

    private static void refuseOtherKind(ReadProgram read, Backend backend) {
        boolean analog = backend.paradigm() == Paradigm.ANALOG;
        if (analog != read.isAnalog()) {
            throw new HubException(
                    ProblemCode.INVALID_CIRCUIT,
                    analog
                            ? "'" + backend.slug() + "' runs analog Hamiltonians, not circuits of gates."
                            : "'" + backend.slug() + "' runs circuits of gates, not analog Hamiltonians.");
        }
    }

    private static void refuseLongMemory(ReadProgram read, NewJob job) {
        int width = read.shotLength();
        if (job.memory() && (long) width * job.shots() > LARGEST_MEMORY) {
            throw new HubException(
                            ProblemCode.INVALID_FIELD,
                            "memory would keep " + (long) width * job.shots() + " bits, at most " + LARGEST_MEMORY
                                    + " are kept; ask for fewer shots or for counts only.")
                    .with("field", "memory")
                    .with("limit", LARGEST_MEMORY);
        }
    }

    private static HubException tooLarge(String limit, String what) {
        return new HubException(ProblemCode.CIRCUIT_TOO_LARGE, "The circuit has " + what).with("limit", limit);
    }

    /// Sixteen bytes for each of the 2^n amplitudes, in the unit that makes it a small number.
    static String stateSize(int qubits) {
        int power = qubits + 4;
        List<String> units = List.of("bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB");
        return power / 10 < units.size() ? (1 << power % 10) + " " + units.get(power / 10) : "2^" + power + " bytes";
    }

    private static String mebibytes(long bytes) {
        return bytes == Long.MAX_VALUE ? "uncountably many" : String.format(Locale.ROOT, "%,d", bytes >> 20);
    }
}
