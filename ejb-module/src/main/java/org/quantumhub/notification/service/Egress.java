package org.quantumhub.notification.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;

/// Where the hub may connect to on behalf of a team: public addresses, by HTTPS, on its usual port. What an operator
/// lists
/// as allowed inside is exempt. Names are judged by the addresses they lead to at the moment of connecting, and the
/// connection goes to the address that was judged.
@ApplicationScoped
public class Egress {

    @Inject
    FeedConfig config;

    /// Judges an address that somebody wants to be told at.
    ///
    /// @throws HubException `INVALID_FIELD`
    public URI check(String url) {
        URI address;
        try {
            address = new URI(url);
        } catch (URISyntaxException e) {
            throw invalid("is no address");
        }
        String host = address.getHost();
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        if (host == null || !(scheme.equals("https") || scheme.equals("http"))) {
            throw invalid("must be an https address with a host");
        }
        if (address.getRawUserInfo() != null || address.getRawFragment() != null) {
            throw invalid("must have neither user nor fragment");
        }
        boolean usual = scheme.equals("https") && (address.getPort() == -1 || address.getPort() == 443);
        try {
            InetAddress[] addresses = InetAddress.getAllByName(bare(host));
            if (!Arrays.stream(addresses).allMatch(one -> mayReach(one, usual))) {
                throw invalid("leads to an address inside, or to another port than 443 or without TLS");
            }
        } catch (UnknownHostException unknown) {
            // it may be known tomorrow; it is judged again whenever it is used
            if (!usual) {
                throw invalid("must be https on port 443");
            }
        }
        return address;
    }

    private static HubException invalid(String what) {
        return new HubException(ProblemCode.INVALID_FIELD, "url: " + what + ".").with("field", "url");
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /// The addresses of a name, all of which may be reached.
    ///
    /// @param usual whether the connection is HTTPS on port 443
    InetAddress[] resolve(String host, boolean usual) throws UnknownHostException {
        InetAddress[] addresses = InetAddress.getAllByName(bare(host));
        for (InetAddress address : addresses) {
            if (!mayReach(address, usual)) {
                throw new UnknownHostException("the address is inside, or not https on port 443");
            }
        }
        return addresses;
    }

    boolean mayReach(InetAddress address, boolean usual) {
        return isAllowed(address, config.allowedInside()) || usual && isPublic(address);
    }

    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        return RESERVED.stream().noneMatch(network -> contains(network, address));
    }

    /// What the registries of special addresses (RFC 6890) name besides, and ways to hide an IPv4 address in another.
    private static final List<String> RESERVED = List.of(
            "0.0.0.0/8",
            "100.64.0.0/10",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "240.0.0.0/4",
            "::/96",
            "::ffff:0:0:0/96",
            "64:ff9b::/96",
            "64:ff9b:1::/48",
            "100::/64",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "fc00::/7",
            "fec0::/10");

    static boolean isAllowed(InetAddress address, String networks) {
        return Arrays.stream(networks.split(","))
                .map(String::strip)
                .filter(network -> !network.isEmpty())
                .anyMatch(network -> contains(network, address));
    }

    private static boolean contains(String network, InetAddress address) {
        int slash = network.indexOf('/');
        byte[] base;
        try {
            base = InetAddress.getByName(slash < 0 ? network : network.substring(0, slash))
                    .getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("no network: " + network, e);
        }
        byte[] bytes = address.getAddress();
        if (base.length != bytes.length) {
            return false;
        }
        int length = slash < 0 ? base.length * 8 : Integer.parseInt(network.substring(slash + 1));
        for (int bit = 0; bit < length; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((base[bit / 8] & mask) != (bytes[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
