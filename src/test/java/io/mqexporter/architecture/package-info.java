/** What must hold of the code and the documents as a whole. */
@NullMarked
package io.mqexporter.architecture;

import org.jspecify.annotations.NullMarked;
