/** The Grafana dashboards as code, the JSON that is made of them, and what is asked of both. */
@NullMarked
package io.mqexporter.dashboards;

import org.jspecify.annotations.NullMarked;
