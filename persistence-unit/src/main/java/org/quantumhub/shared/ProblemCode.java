package org.quantumhub.shared;

import java.util.Locale;
import org.quantumhub.shared.HubException.Kind;

/// Every refusal the hub can give, as the stable word in the `code` member of a problem document.
/// `docs/problems.md` lists the same words; a test holds the two together.
public enum ProblemCode {
    MALFORMED_JSON(Kind.INVALID, "The body is not JSON"),
    INVALID_FIELD(Kind.INVALID, "A field has a wrong value"),
    UNKNOWN_FIELD(Kind.INVALID, "The body has a field that is not known here"),
    INVALID_PARAMETER(Kind.INVALID, "A query parameter or header has a wrong value"),
    INVALID_CIRCUIT(Kind.INVALID, "The circuit cannot be read"),
    INVALID_STATEMENT(Kind.INVALID, "The bank statement cannot be read"),
    INVALID_SIGNATURE(Kind.INVALID, "The event is not signed by who says to send it"),
    CIRCUIT_TOO_LARGE(Kind.UNPROCESSABLE, "The circuit is beyond a limit"),
    UNAUTHENTICATED(Kind.UNAUTHENTICATED, "Sign in first"),
    WRONG_CREDENTIALS(Kind.UNAUTHENTICATED, "Name and password do not belong together"),
    SECOND_FACTOR_REQUIRED(Kind.UNAUTHENTICATED, "The account asks for a second factor"),
    WRONG_CODE(Kind.UNAUTHENTICATED, "The code is wrong"),
    SESSION_ENDED(Kind.UNAUTHENTICATED, "The session has ended"),
    INVALID_LINK(Kind.INVALID, "The link is good for nothing"),
    INSUFFICIENT_FUNDS(Kind.PAYMENT_REQUIRED, "The team's wallet does not cover this"),
    BUDGET_EXCEEDED(Kind.PAYMENT_REQUIRED, "A budget does not cover this"),
    FORBIDDEN(Kind.FORBIDDEN, "Your roles do not allow this"),
    SIGN_IN_REFUSED(Kind.FORBIDDEN, "The identity provider did not sign you in"),
    NOT_A_MEMBER(Kind.FORBIDDEN, "You are not a member of that team"),
    TEAM_SUSPENDED(Kind.FORBIDDEN, "The team is suspended and can only read"),
    EMAIL_NOT_VERIFIED(Kind.FORBIDDEN, "The e-mail address is not verified"),
    SESSION_NEEDED(Kind.FORBIDDEN, "This takes a person who is signed in, not an API key"),
    SCOPE_MISSING(Kind.FORBIDDEN, "The API key is not meant for this"),
    TEAM_REQUIRES_SECOND_FACTOR(Kind.FORBIDDEN, "The team asks its members for a second factor"),
    BACKEND_NOT_ALLOWED(Kind.FORBIDDEN, "The team may not use this backend"),
    INVITATION_FOR_ANOTHER(Kind.FORBIDDEN, "The invitation is for another address"),
    INVITATION_REQUIRED(Kind.FORBIDDEN, "Registration is by invitation only"),
    NOT_FOUND(Kind.NOT_FOUND, "There is nothing here"),
    METHOD_NOT_ALLOWED(Kind.METHOD_NOT_ALLOWED, "This resource does not do that"),
    NOT_ACCEPTABLE(Kind.NOT_ACCEPTABLE, "The answer is not available in that form"),
    EMAIL_TAKEN(Kind.CONFLICT, "There is an account with this e-mail address"),
    USERNAME_TAKEN(Kind.CONFLICT, "There is an account with this user name"),
    KEY_ENDED(Kind.CONFLICT, "The API key has ended"),
    FACTOR_ACTIVE(Kind.CONFLICT, "There is a second factor already"),
    NO_FACTOR(Kind.CONFLICT, "There is no second factor"),
    LAST_ADMINISTRATOR(Kind.CONFLICT, "One administrator must remain"),
    LAST_OWNER(Kind.CONFLICT, "A team always has an owner"),
    ALREADY_MEMBER(Kind.CONFLICT, "This person is a member already"),
    INVITATION_CLOSED(Kind.CONFLICT, "The invitation has come to its end"),
    LIMIT_REACHED(Kind.CONFLICT, "There is room for no more"),
    JOB_FINISHED(Kind.CONFLICT, "The job has come to its end"),
    JOB_STARTED(Kind.CONFLICT, "The job has begun already"),
    NOT_FOR_BUNDLES(Kind.CONFLICT, "This is not done with a job of many circuits"),
    RESULT_NOT_READY(Kind.CONFLICT, "The job has no result yet"),
    NO_RESULT(Kind.CONFLICT, "The job ended without a result"),
    MEMORY_NOT_KEPT(Kind.CONFLICT, "The job did not keep its shots one by one"),
    IDEMPOTENCY_KEY_REUSED(Kind.CONFLICT, "The idempotency key belongs to another request"),
    PRICE_PLANNED(Kind.CONFLICT, "A later version of the price is planned already"),
    PERIOD_OPEN(Kind.CONFLICT, "The period is not over yet"),
    RUN_NOT_RESTARTABLE(Kind.CONFLICT, "The run cannot be restarted"),
    NOT_A_DRAFT(Kind.CONFLICT, "The bill is no draft"),
    STATEMENT_KNOWN(Kind.CONFLICT, "The statement was taken in before"),
    NOTHING_DUE(Kind.CONFLICT, "Nothing is to be paid of the bill"),
    BACKEND_UNAVAILABLE(Kind.CONFLICT, "The backend takes no jobs"),
    BODY_TOO_LARGE(Kind.TOO_LARGE, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(Kind.UNSUPPORTED_MEDIA_TYPE, "The body is of a kind that is not read here"),
    TOO_MANY_REQUESTS(Kind.TOO_MANY_REQUESTS, "Slow down"),
    GATEWAY_UNAVAILABLE(Kind.UNAVAILABLE, "The payment gateway is not set up, or does not answer"),
    SECRETS_UNAVAILABLE(Kind.UNAVAILABLE, "The master key of the secrets cannot be used"),
    QUOTA_EXHAUSTED(Kind.TOO_MANY_REQUESTS, "The month's requests are used up"),
    INTERNAL(Kind.INTERNAL, "The hub failed"),
    UNAVAILABLE(Kind.UNAVAILABLE, "The hub cannot answer at the moment");

    private final Kind kind;
    private final String title;

    ProblemCode(Kind kind, String title) {
        this.kind = kind;
        this.title = title;
    }

    public Kind kind() {
        return kind;
    }

    /// The short text that is the same for every occurrence.
    public String title() {
        return title;
    }

    /// The name of the problem's section in `docs/problems.md`, also the last part of its type URI.
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
