package org.quantumhub.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.quantumhub.account.RequestQuota.Share;
import org.quantumhub.shared.TestDatabase;
import org.quantumhub.shared.TestDatabase.Role;
import org.quantumhub.shared.TestDatabase.Tenant;

class RequestQuotaTest {

    private static final LocalDate NEVER = LocalDate.of(2000, 1, 1);

    private final TestDatabase database = TestDatabase.hub();
    private final RequestQuota quota = new RequestQuota();

    private Tenant person(int monthly, int used) throws SQLException {
        Tenant tenant = database.tenant("0");
        database.inTransaction(
                Role.SUPERUSER,
                c -> TestDatabase.change(
                        c,
                        "update hub.users set api_quota_monthly = ?, api_quota_used = ?,"
                                + " quota_period = date_trunc('month', now() at time zone 'utc')::date where id = ?",
                        monthly,
                        used,
                        tenant.user()));
        return tenant;
    }

    private Share take(Tenant tenant, int atMost) throws SQLException {
        return database.ask(Role.WORKER, c -> quota.take(c, tenant.user(), atMost));
    }

    private int used(Tenant tenant) throws SQLException {
        return Integer.parseInt(database.ask(
                Role.SUPERUSER,
                c -> TestDatabase.value(c, "select api_quota_used from hub.users where id = ?", tenant.user())));
    }

    @Test
    void shares_shrink_to_single_requests_and_add_up_to_the_quota() throws Exception {
        Tenant tenant = person(1000, 0);
        assertThat(take(tenant, 100).size()).isEqualTo(100);
        assertThat(take(tenant, 100).size()).isEqualTo(90);
        int sum = 190;
        int last = 0;
        for (Share share = take(tenant, 100); share.size() > 0; share = take(tenant, 100)) {
            last = share.size();
            sum += last;
        }
        assertThat(sum).isEqualTo(1000);
        assertThat(last).isEqualTo(1);
        assertThat(used(tenant)).isEqualTo(1000);
    }

    @Test
    void of_forty_who_ask_at_once_exactly_ten_get_the_last_ten() throws Exception {
        Tenant tenant = person(10, 0);
        List<CompletableFuture<Integer>> asked = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(40)) {
            for (int i = 0; i < 40; i++) {
                asked.add(CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return take(tenant, 100).size();
                            } catch (SQLException failure) {
                                throw new IllegalStateException(failure);
                            }
                        },
                        threads));
            }
        }
        assertThat(asked.stream().mapToInt(CompletableFuture::join).sum()).isEqualTo(10);
        assertThat(used(tenant)).isEqualTo(10);
    }

    @Test
    void a_new_month_begins_at_nought() throws Exception {
        Tenant tenant = person(10, 10);
        assertThat(take(tenant, 5).size()).isZero();
        database.inTransaction(
                Role.SUPERUSER,
                c -> TestDatabase.change(
                        c, "update hub.users set quota_period = ? where id = ?", NEVER, tenant.user()));
        assertThat(take(tenant, 5).size()).isEqualTo(1);
        assertThat(used(tenant)).isEqualTo(1);
    }

    @Test
    void what_was_not_used_goes_back_while_its_month_lasts() throws Exception {
        Tenant tenant = person(1000, 0);
        Share share = take(tenant, 60);
        database.inTransaction(Role.WORKER, c -> quota.giveBack(c, tenant.user(), 50, share.month()));
        assertThat(used(tenant)).isEqualTo(10);
        database.inTransaction(Role.WORKER, c -> quota.giveBack(c, tenant.user(), 5, NEVER));
        assertThat(used(tenant)).isEqualTo(10);
    }

    @Test
    void a_lowered_quota_stops_at_once() throws Exception {
        Tenant tenant = person(5, 300);
        assertThat(take(tenant, 100).size()).isZero();
        assertThat(database.ask(Role.WORKER, c -> quota.state(c, tenant.user())).secondsToReset())
                .isBetween(1L, 31L * 86_400);
    }
}
