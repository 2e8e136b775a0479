/**
 * Durable operations: states that are stored before their step runs, so that any metasrv can go on
 * with them. The stored form is {@link io.terrane.meta.store.ProcedureRecord}; what is inside its
 * {@code state} is specified by each procedure.
 */
package io.terrane.meta.procedure;
