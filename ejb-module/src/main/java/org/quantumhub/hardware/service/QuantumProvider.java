package org.quantumhub.hardware.service;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.quantumhub.hardware.Adapter;
import org.quantumhub.hardware.Backend;
import org.quantumhub.hardware.DeviceRegister.Learned;

/// A way to devices that are not the hub's own simulators. Every call may take long, fail, or be answered with
/// nonsense;
/// an implementation turns all of that into a [ProviderException] that says what is known.
public interface QuantumProvider {

    /// A task at a provider.
    record TaskKey(Backend backend, String taskId) {}

    /// A task that was made.
    ///
    /// @param status the provider's word
    record Receipt(String taskId, String status, @Nullable String requestId) {}

    /// What asking for a token finds.
    sealed interface Lookup {

        record Found(String taskId, String status) implements Lookup {}

        /// There is none, if the search is up to date.
        record Absent() implements Lookup {}

        /// The provider has no way to tell.
        record Unknowable() implements Lookup {}
    }

    /// What became of one program of a set.
    sealed interface Part {

        record Found(DeviceResult result) implements Part {}

        /// @param broken whether it is the answer that is wrong, so that it may be asked for again
        record Failed(String reason, String message, boolean broken) implements Part {}
    }

    /// What a backend takes in one task.
    ///
    /// @param programs at most so many; 1 where each needs a task of its own
    /// @param shots at most so many, all together
    /// @param gates at most so many, all together
    record SetLimits(int programs, long shots, long gates) {

        public static final SetLimits ALONE = new SetLimits(1, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /// A task of this hub in a provider's list.
    record Listed(String taskId, String token, String status) {}

    Adapter adapter();

    /// Why nothing can be sent to a backend at the moment, such as a missing credential; empty when all is well.
    Optional<String> notReady(Backend backend);

    /// Why nobody can be called, whoever's the account: an address that only the hub can know is missing.
    default Optional<String> notReachable(Backend backend) {
        return Optional.empty();
    }

    /// The secrets by which a team has an account of its own with the provider.
    default AccountKeys accountKeys() {
        return AccountKeys.NONE;
    }

    /// Asks for something that costs nothing and that only the holder of the account is told.
    ///
    /// @throws ProviderException which [is about credentials][ProviderException#isAboutCredentials] when they are
    /// refused
    default void tryAccount() {
        throw ProviderException.broken("NO_ACCOUNTS", "There are no accounts with this provider.");
    }

    /// Checks what can be checked without asking anybody.
    ///
    /// @throws org.quantumhub.shared.HubException or a circuit exception for what the device cannot run
    void validate(Work work);

    /// What the provider will ask for, in US dollars, if it can say so beforehand.
    Optional<BigDecimal> price(Work work);

    /// Orders a task under a token.
    Receipt submit(String token, Work work);

    /// How many programs of one team may share a task at a backend.
    default SetLimits setLimits(Backend backend) {
        return SetLimits.ALONE;
    }

    /// Orders one task for several programs with the same number of shots, under one token.
    ///
    /// @param programs at least 2, within the limits of [#setLimits]
    default Receipt submitSet(String token, List<Work> programs) {
        throw ProviderException.refused("NO_SETS", "The provider takes one program in a task.");
    }

    /// Whether ordering again under the same token finds the task that was made, for a token of this age.
    boolean repeatsSafely(Duration tokenAge);

    /// Looks for the task of a token.
    ///
    /// @param since when the token was made
    Lookup find(String token, Backend backend, Instant since);

    /// How long a new task may be missing from [#find].
    Duration searchLag();

    /// The states of tasks, by task id; what is missing was not answered.
    Map<String, TaskState> poll(List<TaskKey> tasks);

    /// Asks for a task to be stopped. That it is accepted does not mean that it stops.
    ///
    /// @return the provider's id of the call
    @Nullable
    String cancel(TaskKey task);

    DeviceResult fetch(TaskKey task, Work work);

    /// What a task of several programs found.
    ///
    /// @return as many as there are programs, in their order
    default List<Part> fetchSet(TaskKey task, List<Work> programs) {
        throw ProviderException.broken("NO_SETS", "The provider takes one program in a task.");
    }

    /// What the provider tells of its devices.
    List<Learned> devices();

    /// Tasks that carry this hub's mark.
    List<Listed> tasks(Instant since);
}
