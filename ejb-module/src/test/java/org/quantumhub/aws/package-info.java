/// Services of Amazon on the wire, for tests of what calls them by the real client; the system tests use them, too.
package org.quantumhub.aws;
