package org.quantumhub.notification.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EgressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.255",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.0.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.127.255.255",
                "0.0.0.0",
                "0.1.2.3",
                "192.0.0.1",
                "192.0.2.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "fe80::1",
                "fc00::1",
                "fdff::1",
                "ff02::1",
                "::ffff:10.0.0.1",
                "::ffff:127.0.0.1",
                "::7f00:1",
                "64:ff9b::a00:1",
                "2002:a00:1::",
                "2001::1",
                "2001:db8::1",
                "100::1",
                "fec0::1"
            })
    void addresses_that_are_not_of_the_public_network_are_inside(String address) throws UnknownHostException {
        assertThat(Egress.isPublic(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "93.184.216.34",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700::1",
                "2a00:1450::1",
                "::ffff:1.1.1.1"
            })
    void everything_else_is_public(String address) throws UnknownHostException {
        assertThat(Egress.isPublic(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 10.1.0.0/16, true",
        "10.2.2.3, 10.1.0.0/16, false",
        "10.1.2.3, '192.168.0.0/24, 10.0.0.0/8', true",
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.4, 10.1.2.3, false",
        "127.0.0.1, '', false",
        "fd00::5, fd00::/8, true",
        "fd00::5, 10.0.0.0/8, false",
        "10.1.2.3, 0.0.0.0/0, true"
    })
    void an_operator_opens_networks_inside(String address, String networks, boolean open) throws UnknownHostException {
        assertThat(Egress.isAllowed(InetAddress.getByName(address), networks)).isEqualTo(open);
    }
}
