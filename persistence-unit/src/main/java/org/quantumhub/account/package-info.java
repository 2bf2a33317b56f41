/// Accounts: who signs in, and with what.
///
/// *Words*: user, platform role, API key. *Invariants*: an e-mail address is one account; passwords and keys are stored
/// as hashes only; a person's rows are seen by that person alone (row-level security on `hub.user`).
/// *Event out*: {@link org.quantumhub.account.UserRegistered}. *Tables*: `users`, `user_roles`, `user_api_keys`.
@NullMarked
package org.quantumhub.account;

import org.jspecify.annotations.NullMarked;
