/** The single writer of a region: mailbox, group commit, replay, leadership, maintenance. */
package io.terrane.datanode.worker;
