package io.mqexporter.process;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which process of this machine is a broker of the target.
 *
 * @param broker what the broker is called, the label {@code messaging_broker_name}
 * @param command what the command line of that process contains, and no other's
 * @param data a folder on the disk that holds its messages
 */
public record ProcessConfig(String broker, Pattern command, Optional<Path> data) {}
