/// Teams: the tenant and the payer. Everybody has a personal team from the first minute on, and may make others.
///
/// *Words*: team, member, team role (owner, admin, member), invitation, invitation code, suspension. *Invariants*: a
/// request acts for exactly one team that the caller belongs to; rows of other teams are invisible (row-level security
/// on `hub.team`); a team whose people are at work has an owner who is (triggers), so that a closed account hands its
/// teams
/// over; who leaves keeps no key of the team; an invitation is
/// good once, for one address, for seven days; tokens and codes are stored as hashes only; a secret is encrypted under
/// a
/// key of its team, bound to its place, and the role that serves requests cannot read it.
///
/// *Events in*: `UserRegistered`, `UserDeleted`. *Events out*: {@link org.quantumhub.team.TeamCreated},
/// {@link org.quantumhub.team.MembershipChanged}, {@link org.quantumhub.team.InvitationIssued},
/// {@link org.quantumhub.team.TeamStanding}, {@link org.quantumhub.team.SecretJudged}. *Tables*: `teams`,
/// `team_members`, `team_invitations`,
/// `invitation_codes`, `team_backends`, `team_secrets`, `team_data_keys`,
/// `key_rotations`.
@NullMarked
package org.quantumhub.team;

import org.jspecify.annotations.NullMarked;
