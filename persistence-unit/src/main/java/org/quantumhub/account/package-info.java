/// Accounts: who signs in, with what, and how often they may come.
///
/// *Words*: user, platform role, session (all tokens that follow from one sign-in), second factor, recovery code, API
/// key,
/// scope, rate limit, quota, identity (under which name a provider knows somebody).
///
/// *Invariants*: an e-mail address is one account; passwords, keys and tokens are stored as hashes only, what must be
/// read again (the secret of a second factor, signing keys) sealed; a refresh token is good once, and its second use
/// ends
/// the session; a person's rows are seen by that person alone, and by an administrator at work (row-level security on
/// `hub.user` and `hub.administrator`); no request gives a role beyond CONSUMER and DEVELOPER but an administrator's;
/// one
/// administrator remains; a deleted account stays deleted; the requests of a month are counted exactly, on all servers.
///
/// *Events out*: {@link org.quantumhub.account.UserRegistered}, {@link org.quantumhub.account.UserDeleted},
/// {@link org.quantumhub.account.EmailVerificationAsked}, {@link org.quantumhub.account.PasswordResetAsked},
/// {@link org.quantumhub.account.AccountSecured}, {@link org.quantumhub.account.EnterpriseSignedIn}.
///
/// *Tables*: `users`, `user_roles`, `user_profiles`, `user_sessions`, `one_time_tokens`, `user_recovery_codes`,
/// `user_identities`, `user_api_keys`, `api_key_usage`, `rate_buckets`, `sign_in_throttles`, `signing_keys`.
@NullMarked
package org.quantumhub.account;

import org.jspecify.annotations.NullMarked;
