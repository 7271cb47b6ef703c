package io.mqexporter.kafka.vocabulary;

import io.mqexporter.kafka.snapshot.Details;
import io.mqexporter.kafka.snapshot.KafkaSnapshot;
import io.mqexporter.messaging.ClusterMemory;
import io.mqexporter.messaging.ClusterState;

/**
 * All that one collection knows of a cluster.
 *
 * @param snapshot what was read
 * @param details what is read less often
 * @param state the common model of the snapshot, which says what lag is
 * @param memory what is remembered of the snapshots before, this one included
 * @param whole whether nothing is missing that should be there
 */
public record Reading(
    KafkaSnapshot snapshot,
    Details details,
    ClusterState state,
    ClusterMemory memory,
    boolean whole) {}
