/// The audit log: who changed what, when, from where, and in which request. A trigger on every table writes it, inside
/// the transaction that changes; nobody else can.
///
/// *Words*: entry, seal, fault. *Invariants*: entries and seals are never changed; an entry holds no secret and nothing
/// that says who a person is; each seal covers its entries and the seal before it, so that whatever is altered, removed
/// or slipped in is named. Tables that are not audited stand in `audit_exemptions`, each with the reason. *Tables*:
/// `audit_log`, `audit_seals`, `audit_exemptions`, `audit_columns`.
@NullMarked
package org.quantumhub.audit;

import org.jspecify.annotations.NullMarked;
