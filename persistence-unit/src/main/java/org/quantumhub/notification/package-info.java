/// Telling people: mail, so far.
///
/// *Words*: mail (a message to one address, made of a template and its values), outbox (where it waits until it has
/// been
/// sent). *Invariants*: a mail is written in the transaction that causes it, and sent outside of any; it is sent at
/// least
/// once, or given up with the reason noted; what it says is stored sealed and forgotten once sent, so that no token in
/// a link can be read from the database. *Events in*: those of {@code account} that ask for a mail.
/// *Tables*: {@code mails}.
@NullMarked
package org.quantumhub.notification;

import org.jspecify.annotations.NullMarked;
