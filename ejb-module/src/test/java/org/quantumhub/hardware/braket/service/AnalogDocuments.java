package org.quantumhub.hardware.braket.service;

/// Analog programs and the limits of a device for them, written for tests in the shapes of the vendor's schemas.
final class AnalogDocuments {

    private AnalogDocuments() {}

    /// Two atoms that are driven once. Numbers are strings, as clients send them.
    static final String PROGRAM = """
            {"braketSchemaHeader": {"name": "braket.ir.ahs.program", "version": "1"},
             "setup": {"ahs_register": {"sites": [["0.0", "0.0"], ["0.0", "6.0e-6"]], "filling": [1, 1]}},
             "hamiltonian": {
               "drivingFields": [{
                 "amplitude": {"time_series": {"times": ["0", "1e-6", "2e-6"], "values": ["0", "1.5e7", "0"]}, "pattern": "uniform"},
                 "phase": {"time_series": {"times": [0, 2e-6], "values": [0, 0]}, "pattern": "uniform"},
                 "detuning": {"time_series": {"times": [0, 2e-6], "values": [-3e7, 3e7]}, "pattern": "uniform"}}],
               "localDetuning": []}}""";

    static final String CAPABILITIES = """
            {"service": {"shotsRange": [1, 1000], "deviceCost": {"price": 0.01, "unit": "shot"}},
             "action": {"braket.ir.ahs.program": {"actionType": "braket.ir.ahs.program", "version": ["1"]}},
             "paradigm": {
               "qubitCount": 256,
               "lattice": {"area": {"width": 7.5e-5, "height": 7.6e-5},
                 "geometry": {"spacingRadialMin": 4e-6, "spacingVerticalMin": 4e-6, "positionResolution": 1e-7, "numberSitesMax": 4}},
               "rydberg": {"c6Coefficient": 5.42e-24, "rydbergGlobal": {
                 "rabiFrequencyRange": [0.0, 1.58e7], "rabiFrequencySlewRateMax": 2.5e14,
                 "detuningRange": [-1.25e8, 1.25e8], "detuningSlewRateMax": 2.5e15,
                 "phaseRange": [-99.0, 99.0], "timeDeltaMin": 5e-8, "timeMin": 0.0, "timeMax": 4e-6}}}}""";
}
