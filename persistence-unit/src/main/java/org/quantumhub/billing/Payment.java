package org.quantumhub.billing;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Money that came in, for reading.
@Entity
@Table(name = "payments")
public class Payment {

    @Id
    private UUID id;

    @Column(name = "team_id")
    private UUID teamId;

    @Column(name = "bill_id")
    private @Nullable UUID billId;

    @Enumerated(EnumType.STRING)
    private PaymentMethod method;

    private BigDecimal amount;
    private String currency;

    @Column(name = "received_on")
    private LocalDate receivedOn;

    @Column(name = "external_id")
    private String externalId;

    private @Nullable String payer;
    private @Nullable String note;

    @Column(name = "created_at")
    private Instant createdAt;

    @SuppressWarnings("NullAway") // for JPA: rows are written by PaymentRegister
    protected Payment() {}

    public UUID id() {
        return id;
    }

    public @Nullable UUID billId() {
        return billId;
    }

    public PaymentMethod method() {
        return method;
    }

    public BigDecimal amount() {
        return amount;
    }

    public String currency() {
        return currency;
    }

    public LocalDate receivedOn() {
        return receivedOn;
    }

    public String externalId() {
        return externalId;
    }

    public @Nullable String payer() {
        return payer;
    }

    public @Nullable String note() {
        return note;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
