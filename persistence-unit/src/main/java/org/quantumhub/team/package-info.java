/// Teams: the tenant and the payer. Everybody has a personal team from the first minute on.
///
/// *Words*: team, member, team role (owner, admin, member). *Invariants*: a request acts for exactly one team that the
/// caller belongs to; rows of other teams are invisible (row-level security on `hub.team`).
/// *Event in*: `UserRegistered`. *Event out*: {@link org.quantumhub.team.TeamCreated}. *Tables*: `teams`,
/// `team_members`.
@NullMarked
package org.quantumhub.team;

import org.jspecify.annotations.NullMarked;
