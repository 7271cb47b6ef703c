/** The catalogues of what is read of MBeans, and which MBean each metric comes from. */
@NullMarked
package io.mqexporter.jmx.mbean;

import org.jspecify.annotations.NullMarked;
