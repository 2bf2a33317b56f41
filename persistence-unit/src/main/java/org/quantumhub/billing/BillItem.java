package org.quantumhub.billing;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A line of a bill, for reading.
@Entity
@Table(name = "billing_items")
@IdClass(BillItem.Key.class)
public class BillItem {

    /// The composite key: lines are numbered from 1 on each bill.
    public record Key(UUID billId, int position) implements java.io.Serializable {}

    @Id
    @Column(name = "bill_id")
    private UUID billId;

    @Id
    private int position;

    @Column(name = "team_id")
    private UUID teamId;

    private String description;
    private long quantity;
    private String unit;

    @Column(name = "exact_amount")
    private BigDecimal exactAmount;

    private BigDecimal amount;

    @Column(name = "first_transfer")
    private @Nullable Long firstTransfer;

    @Column(name = "last_transfer")
    private @Nullable Long lastTransfer;

    @SuppressWarnings("NullAway") // for JPA: rows are written by BillRegister
    protected BillItem() {}

    public UUID billId() {
        return billId;
    }

    public int position() {
        return position;
    }

    public String description() {
        return description;
    }

    public long quantity() {
        return quantity;
    }

    public String unit() {
        return unit;
    }

    public BigDecimal exactAmount() {
        return exactAmount;
    }

    public BigDecimal amount() {
        return amount;
    }

    public @Nullable Long firstTransfer() {
        return firstTransfer;
    }

    public @Nullable Long lastTransfer() {
        return lastTransfer;
    }
}
