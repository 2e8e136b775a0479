package io.terrane.query.plan;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.calcite.plan.RelOptCostImpl;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.hep.HepMatchOrder;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelShuttleImpl;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql2rel.RelDecorrelator;
import org.apache.calcite.sql2rel.RelFieldTrimmer;
import org.apache.calcite.tools.RelBuilder;

/**
 * Rewrites of the logical plan: sub-queries become joins, filters sink, joins are ordered, unused
 * columns go. A plan that calls something volatile is only freed of sub-queries: its calls stay
 * where they are and run once.
 */
final class Rewrites {
  /** Metadata and trimming of wider joins cost more than they save. */
  private static final int TRIM_JOINS_MAX = 24;

  private static final HepProgram SUB_QUERIES =
      program(
          CoreRules.FILTER_SUB_QUERY_TO_CORRELATE,
          CoreRules.PROJECT_SUB_QUERY_TO_CORRELATE,
          CoreRules.JOIN_SUB_QUERY_TO_CORRELATE);

  private static final HepProgram PUSH_DOWN =
      program(
          CoreRules.FILTER_MERGE,
          CoreRules.FILTER_PROJECT_TRANSPOSE,
          CoreRules.FILTER_INTO_JOIN,
          CoreRules.JOIN_CONDITION_PUSH,
          CoreRules.FILTER_AGGREGATE_TRANSPOSE,
          CoreRules.FILTER_SET_OP_TRANSPOSE,
          CoreRules.FILTER_SORT_TRANSPOSE,
          CoreRules.PROJECT_REMOVE,
          CoreRules.PROJECT_MERGE);

  private static final HepProgram TIDY =
      program(CoreRules.PROJECT_MERGE, CoreRules.PROJECT_REMOVE, CoreRules.FILTER_MERGE);

  private static final HepProgram WINDOWS =
      program(CoreRules.PROJECT_TO_LOGICAL_PROJECT_AND_WINDOW);

  private Rewrites() {}

  static RelNode apply(RelNode plan, SqlValidator validator) {
    RelNode free = run(SUB_QUERIES, plan);
    if (!callsVolatile(free)) {
      RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(plan.getCluster(), null);
      free = RelDecorrelator.decorrelateQuery(free, builder);
      free = run(PUSH_DOWN, free);
      free = JoinOrder.apply(free);
      free = run(PUSH_DOWN, free);
      if (count(free) <= TRIM_JOINS_MAX) {
        free = new RelFieldTrimmer(validator, builder).trim(free);
      }
      free = run(TIDY, free);
    }
    return run(WINDOWS, free);
  }

  private static boolean callsVolatile(RelNode plan) {
    AtomicBoolean found = new AtomicBoolean();
    RexShuttle look =
        new RexShuttle() {
          @Override
          public RexNode visitCall(RexCall call) {
            if (!call.getOperator().isDeterministic()) {
              found.set(true);
            }
            return super.visitCall(call);
          }
        };
    plan.accept(
        new RelShuttleImpl() {
          @Override
          protected RelNode visitChild(RelNode parent, int i, RelNode child) {
            child.accept(look);
            return super.visitChild(parent, i, child);
          }
        });
    plan.accept(look);
    return found.get();
  }

  private static int count(RelNode plan) {
    int joins = plan instanceof Join ? 1 : 0;
    for (RelNode input : plan.getInputs()) {
      joins += count(input);
    }
    return joins;
  }

  private static RelNode run(HepProgram program, RelNode plan) {
    HepPlanner planner = new HepPlanner(program, null, true, null, RelOptCostImpl.FACTORY);
    planner.setExecutor(plan.getCluster().getPlanner().getExecutor());
    planner.setRoot(plan);
    return planner.findBestExp();
  }

  private static HepProgram program(RelOptRule... rules) {
    HepProgramBuilder builder = HepProgram.builder().addMatchOrder(HepMatchOrder.BOTTOM_UP);
    builder.addRuleCollection(java.util.List.of(rules));
    return builder.build();
  }
}
