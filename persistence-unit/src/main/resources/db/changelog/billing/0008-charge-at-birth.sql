--liquibase formatted sql

--changeset hub:billing-0080-charge-at-birth splitStatements:false
--comment: A small BLOCKING job is born, ended and charged in the transaction of its request. A team pays for itself out of what it holds.
alter policy ledger_transfers_acting on hub.ledger_transfers
    with check (team_id = any ((select hub.current_teams())::uuid[])
                and (kind in ('HOLD', 'CHARGE', 'RELEASE')
                     or kind = 'CREDIT' and exists (select from hub.wallets w
                                                     where w.team_id = ledger_transfers.team_id
                                                       and w.available = 0 and w.held = 0 and w.spent = 0)));
--rollback alter policy ledger_transfers_acting on hub.ledger_transfers
--rollback     with check (team_id = any ((select hub.current_teams())::uuid[])
--rollback                 and (kind in ('HOLD', 'RELEASE')
--rollback                      or kind = 'CREDIT' and exists (select from hub.wallets w
--rollback                                                      where w.team_id = ledger_transfers.team_id
--rollback                                                        and w.available = 0 and w.held = 0 and w.spent = 0)));
