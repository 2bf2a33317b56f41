package org.quantumhub.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.quantumhub.notification.FeedEntry.Audience;
import org.quantumhub.notification.FeedEntry.Hearer;

class FeedEntryTest {

    private static final UUID TEAM = UUID.randomUUID();
    private static final UUID OTHER_TEAM = UUID.randomUUID();
    private static final UUID ADA = UUID.randomUUID();
    private static final UUID BOB = UUID.randomUUID();

    private static FeedEntry entry(@Nullable UUID team, @Nullable UUID person, Audience audience) {
        return new FeedEntry(new FeedCursor(1, 1), team, person, audience, "job.completed", null, "{}", Instant.EPOCH);
    }

    private static Hearer hearer(UUID person, UUID team, boolean administers, boolean bills) {
        return new Hearer(person, team, administers, bills);
    }

    @Test
    void a_team_hears_what_is_its_own_and_no_other_team_does() {
        FeedEntry entry = entry(TEAM, null, Audience.MEMBERS);
        assertThat(entry.isFor(hearer(ADA, TEAM, false, false))).isTrue();
        assertThat(entry.isFor(hearer(ADA, OTHER_TEAM, true, true))).isFalse();
    }

    @Test
    void what_is_for_a_person_is_heard_by_nobody_else() {
        FeedEntry entry = entry(TEAM, ADA, Audience.MEMBERS);
        assertThat(entry.isFor(hearer(ADA, TEAM, false, false))).isTrue();
        assertThat(entry.isFor(hearer(BOB, TEAM, true, true))).isFalse();
        assertThat(entry(null, ADA, Audience.MEMBERS).isFor(hearer(ADA, OTHER_TEAM, false, false)))
                .isTrue();
    }

    @Test
    void what_concerns_those_who_administer_a_team_is_not_heard_by_its_members() {
        FeedEntry entry = entry(TEAM, null, Audience.ADMINS);
        assertThat(entry.isFor(hearer(ADA, TEAM, true, false))).isTrue();
        assertThat(entry.isFor(hearer(BOB, TEAM, false, false))).isFalse();
        assertThat(entry.isFor(hearer(BOB, OTHER_TEAM, true, false))).isFalse();
        assertThat(entry.isFor(hearer(BOB, OTHER_TEAM, false, true))).isFalse();
    }

    @Test
    void bills_are_heard_of_by_admins_of_the_team_and_by_the_billing_office() {
        FeedEntry entry = entry(TEAM, null, Audience.BILLING);
        assertThat(entry.isFor(hearer(ADA, TEAM, true, false))).isTrue();
        assertThat(entry.isFor(hearer(BOB, OTHER_TEAM, false, true))).isTrue();
        assertThat(entry.isFor(hearer(BOB, TEAM, false, false))).isFalse();
        assertThat(entry.isFor(hearer(BOB, OTHER_TEAM, true, false))).isFalse();
    }
}
