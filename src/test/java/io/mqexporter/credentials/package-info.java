/** Those who issue credentials in the tests: certificates, tokens and Kerberos tickets. */
@NullMarked
package io.mqexporter.credentials;

import org.jspecify.annotations.NullMarked;
