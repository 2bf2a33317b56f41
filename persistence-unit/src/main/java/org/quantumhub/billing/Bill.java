package org.quantumhub.billing;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.JsonConverter;

/// A bill or a credit note, for reading: [BillRegister] draws it up, and payments follow in [PaymentRegister].
@Entity
@Table(name = "bills")
public class Bill {

    @Id
    private UUID id;

    @Column(name = "team_id")
    private UUID teamId;

    @Column(name = "user_id")
    private UUID userId;

    @Enumerated(EnumType.STRING)
    private BillKind kind;

    private @Nullable String number;

    @Column(name = "corrects_id")
    private @Nullable UUID correctsId;

    private @Nullable String reason;

    @Column(name = "period_start")
    private LocalDate periodStart;

    @Column(name = "period_end")
    private LocalDate periodEnd;

    private String currency;
    private BigDecimal usage;

    @Column(name = "carried_in")
    private BigDecimal carriedIn;

    @Column(name = "carried_out")
    private BigDecimal carriedOut;

    private BigDecimal net;
    private BigDecimal granted;

    @Column(name = "tax_name")
    private @Nullable String taxName;

    @Column(name = "tax_rate")
    private BigDecimal taxRate;

    private BigDecimal tax;

    @Column(name = "tax_note")
    private @Nullable String taxNote;

    private BigDecimal total;
    private BigDecimal prepaid;
    private BigDecimal due;

    @Column(name = "paid_amount")
    private BigDecimal paidAmount;

    private BigDecimal credited;

    @Column(name = "pending_amount")
    private BigDecimal pendingAmount;

    @Column(name = "billing_date")
    private LocalDate billingDate;

    @Column(name = "due_date")
    private LocalDate dueDate;

    @Column(name = "payment_status")
    @Enumerated(EnumType.STRING)
    private BillStatus paymentStatus;

    @Convert(converter = JsonConverter.class)
    private String seller;

    @Convert(converter = JsonConverter.class)
    private String buyer;

    @Column(name = "dunning_level")
    private int dunningLevel;

    @Column(name = "issued_at")
    private @Nullable Instant issuedAt;

    @Column(name = "created_at")
    private Instant createdAt;

    private long version;

    @SuppressWarnings("NullAway") // for JPA: rows are written by BillRegister
    protected Bill() {}

    public UUID id() {
        return id;
    }

    public UUID teamId() {
        return teamId;
    }

    public UUID userId() {
        return userId;
    }

    public BillKind kind() {
        return kind;
    }

    public @Nullable String number() {
        return number;
    }

    public @Nullable UUID correctsId() {
        return correctsId;
    }

    public @Nullable String reason() {
        return reason;
    }

    public LocalDate periodStart() {
        return periodStart;
    }

    /// The last day of the period.
    public LocalDate lastDay() {
        return periodEnd.minusDays(1);
    }

    public String currency() {
        return currency;
    }

    public BigDecimal usage() {
        return usage;
    }

    public BigDecimal carriedIn() {
        return carriedIn;
    }

    public BigDecimal carriedOut() {
        return carriedOut;
    }

    public BigDecimal net() {
        return net;
    }

    public BigDecimal granted() {
        return granted;
    }

    public @Nullable String taxName() {
        return taxName;
    }

    public BigDecimal taxRate() {
        return taxRate;
    }

    public BigDecimal tax() {
        return tax;
    }

    public @Nullable String taxNote() {
        return taxNote;
    }

    public BigDecimal total() {
        return total;
    }

    public BigDecimal prepaid() {
        return prepaid;
    }

    public BigDecimal due() {
        return due;
    }

    public BigDecimal paidAmount() {
        return paidAmount;
    }

    public BigDecimal credited() {
        return credited;
    }

    public BigDecimal pendingAmount() {
        return pendingAmount;
    }

    public LocalDate billingDate() {
        return billingDate;
    }

    public LocalDate dueDate() {
        return dueDate;
    }

    public BillStatus paymentStatus() {
        return paymentStatus;
    }

    public String seller() {
        return seller;
    }

    public String buyer() {
        return buyer;
    }

    public int dunningLevel() {
        return dunningLevel;
    }

    public @Nullable Instant issuedAt() {
        return issuedAt;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public long version() {
        return version;
    }

    /// How many decimals its amounts are printed with.
    public int digits() {
        return Math.clamp(Currency.getInstance(currency).getDefaultFractionDigits(), 0, 2);
    }
}
