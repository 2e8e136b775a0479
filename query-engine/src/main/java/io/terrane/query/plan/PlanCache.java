package io.terrane.query.plan;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.query.parse.MySqlLexis;
import io.terrane.query.parse.StatementTemplate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;

/**
 * Plans by the text of their query, with most constants taken out. A plan is used as long as the
 * names in its query mean the same tables and views. Bounded by bytes, as estimated, of which each
 * plan counts for at least eight thousand. Thread-safe.
 */
public final class PlanCache {
  private static final int PLAN_BYTES_MIN = 8 << 10;

  /** A node of the relational form, with its types and expressions. */
  private static final int NODE_BYTES = 2 << 10;

  private final QueryPlanner planner;
  private final Cache<Shape, BitSet> shapes;
  private final Cache<Key, PlannedQuery> plans;

  /** Texts that are read to trees of one shape, under which types and names come out the same. */
  private record Shape(String text, List<DataType> types, MySqlLexis lexis, String database) {
    int bytes() {
      return 2 * text.length() + 16 * types.size() + PLAN_BYTES_MIN / 8;
    }
  }

  /**
   * @param fixed what is in the slots on which the plan may depend
   */
  private record Key(Shape shape, List<Object> fixed) {}

  /**
   * @param bytesMax 0 keeps nothing
   */
  public PlanCache(QueryPlanner planner, long bytesMax) {
    this.planner = planner;
    this.shapes =
        Caffeine.newBuilder()
            .maximumWeight(bytesMax / 8)
            .weigher((Shape shape, BitSet lifted) -> shape.bytes())
            .executor(Runnable::run)
            .build();
    this.plans =
        Caffeine.newBuilder()
            .maximumWeight(bytesMax)
            .weigher(
                (Key key, PlannedQuery plan) ->
                    PLAN_BYTES_MIN + key.shape().bytes() + NODE_BYTES * plan.nodes())
            .executor(Runnable::run)
            .build();
  }

  /** A plan that is there already, under the context's catalogue and parameters. */
  public Optional<PlannedQuery> find(StatementTemplate template, PlanContext context) {
    Shape shape = shape(template, context);
    BitSet lifted = shapes.getIfPresent(shape);
    if (lifted == null) {
      return Optional.empty();
    }
    Key key = key(shape, template, context, lifted);
    PlannedQuery plan = plans.getIfPresent(key);
    if (plan == null) {
      return Optional.empty();
    }
    if (!plan.holdsIn(context.catalog())) {
      plans.asMap().remove(key, plan);
      return Optional.empty();
    }
    return Optional.of(plan.under(context, constants(template, context)));
  }

  /** Plans a query and keeps the plan; every failure is the planner's. */
  public PlannedQuery plan(StatementTemplate template, SqlNode query, PlanContext context) {
    SlotLifting lifting = new SlotLifting(template, parameters(context));
    PlannedQuery plan = planner.plan(lifting.lift(query), context);
    Shape shape = shape(template, context);
    shapes.put(shape, lifting.lifted());
    plans.put(key(shape, template, context, lifting.lifted()), plan.shared());
    return plan.under(context, constants(template, context));
  }

  private static List<Datum> parameters(PlanContext context) {
    return context.parameters().orElseThrow();
  }

  private static Shape shape(StatementTemplate template, PlanContext context) {
    List<DataType> types = new ArrayList<>(template.slots());
    for (int slot = 0; slot < template.slots(); slot++) {
      types.add(template.value(slot, parameters(context)).map(Datum::type).orElse(DataType.NULL));
    }
    return new Shape(template.text(), types, template.lexis(), context.database());
  }

  private static Key key(
      Shape shape, StatementTemplate template, PlanContext context, BitSet lifted) {
    List<Object> fixed = new ArrayList<>();
    for (int slot = 0; slot < template.slots(); slot++) {
      if (!lifted.get(slot)) {
        fixed.add(template.identity(slot, parameters(context)));
      }
    }
    return new Key(shape, fixed);
  }

  private static List<Datum> constants(StatementTemplate template, PlanContext context) {
    List<Datum> constants = new ArrayList<>(template.slots());
    for (int slot = 0; slot < template.slots(); slot++) {
      constants.add(template.value(slot, parameters(context)).orElse(Datum.NULL));
    }
    return constants;
  }
}
