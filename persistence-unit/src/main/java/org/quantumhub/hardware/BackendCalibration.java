package org.quantumhub.hardware;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.quantumhub.shared.JsonConverter;

/// What was measured of a device, valid from a moment until the next one. Never corrected.
@Entity
@Table(name = "backend_calibrations")
public class BackendCalibration {

    @Id
    private UUID id;

    @Column(name = "backend_id")
    private UUID backendId;

    @Column(name = "valid_from")
    private Instant validFrom;

    @Convert(converter = JsonConverter.class)
    private String document;

    private String digest;

    @Column(name = "created_at")
    private Instant createdAt;

    @SuppressWarnings("NullAway") // for JPA: rows are written by DeviceRegister
    protected BackendCalibration() {}

    public UUID id() {
        return id;
    }

    public Instant validFrom() {
        return validFrom;
    }

    /// The figures as a JSON object.
    public String document() {
        return document;
    }

    /// SHA-256 of the document as it was learned.
    public String digest() {
        return digest;
    }
}
