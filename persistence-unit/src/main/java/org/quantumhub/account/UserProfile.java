package org.quantumhub.account;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quantumhub.shared.JsonConverter;

/// What a person tells about herself.
@Entity
@Table(name = "user_profiles")
public class UserProfile {

    @Id
    @Column(name = "user_id")
    private UUID userId;

    private @Nullable String organization;
    private @Nullable String bio;

    @Column(name = "avatar_url")
    private @Nullable String avatarUrl;

    @Convert(converter = JsonConverter.class)
    @Column(name = "contact_info")
    private @Nullable String contactInfo;

    @Convert(converter = JsonConverter.class)
    @Column(name = "social_links")
    private @Nullable String socialLinks;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    @Version
    private long version;

    @SuppressWarnings("NullAway") // for JPA, which fills the fields
    protected UserProfile() {}

    public UserProfile(UUID userId, Instant now) {
        this.userId = userId;
        this.createdAt = now;
        this.updatedAt = now;
    }

    /// @param contactInfo a JSON object
    /// @param socialLinks a JSON object of names and addresses
    public void tell(
            @Nullable String organization,
            @Nullable String bio,
            @Nullable String avatarUrl,
            @Nullable String contactInfo,
            @Nullable String socialLinks,
            Instant now) {
        this.organization = organization;
        this.bio = bio;
        this.avatarUrl = avatarUrl;
        this.contactInfo = contactInfo;
        this.socialLinks = socialLinks;
        this.updatedAt = now;
    }

    public UUID userId() {
        return userId;
    }

    public @Nullable String organization() {
        return organization;
    }

    public @Nullable String bio() {
        return bio;
    }

    public @Nullable String avatarUrl() {
        return avatarUrl;
    }

    public @Nullable String contactInfo() {
        return contactInfo;
    }

    public @Nullable String socialLinks() {
        return socialLinks;
    }

    public Instant updatedAt() {
        return updatedAt;
    }
}
