package io.terrane.query.plan;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.query.catalog.CatalogSnapshotReader;
import io.terrane.query.plan.rule.FilterPushdown;
import io.terrane.query.type.TerraneTypeFactory;
import java.util.List;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.sql2rel.RelDecorrelator;
import org.apache.calcite.sql2rel.RelFieldTrimmer;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.apache.calcite.tools.RelBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Validates a rewritten query and brings it into relational form: sub-queries become joins, filters
 * sit where their columns come from, unused columns are gone. Nothing is folded or simplified by
 * Calcite, whose rules of arithmetic are not MySQL's.
 */
final class LogicalPlanner {
  private static final Logger LOG = LoggerFactory.getLogger(LogicalPlanner.class);

  /** Wider joins are not trimmed: the trimmer's work grows with tables times columns. */
  private static final int TRIMMED_JOINS_MAX = 24;

  private static final HepProgram SUB_QUERIES =
      new HepProgramBuilder()
          .addRuleCollection(
              List.of(
                  CoreRules.FILTER_SUB_QUERY_TO_CORRELATE,
                  CoreRules.PROJECT_SUB_QUERY_TO_CORRELATE,
                  CoreRules.JOIN_SUB_QUERY_TO_CORRELATE))
          .build();

  private static final RelBuilder.Config BUILDER =
      RelBuilder.Config.DEFAULT
          .withSimplify(false)
          .withSimplifyValues(false)
          .withSimplifyLimit(false)
          .withPruneInputOfAggregate(false)
          .withAggregateUnique(true)
          // Merging projections could run a volatile function twice.
          .withBloat(-1);

  /**
   * A validated query.
   *
   * @param validated the query's row type carries the names that clients see
   */
  record Logical(RelNode rel, SqlNode validated, SqlValidator validator) {}

  private LogicalPlanner() {}

  static Logical plan(SqlNode query, StatementRewriter rewriter, OperatorTable operators) {
    TerraneTypeFactory types = new TerraneTypeFactory();
    CalciteCatalogReader reader = CatalogSnapshotReader.reader(rewriter.tables(), types);
    SqlValidator validator =
        SqlValidatorUtil.newValidator(
            operators,
            reader,
            types,
            SqlValidator.Config.DEFAULT
                .withConformance(PlanConformance.INSTANCE)
                .withDefaultNullCollation(NullCollation.LOW)
                .withTypeCoercionEnabled(true)
                .withTypeCoercionFactory(RegistryCoercion::new)
                .withCallRewrite(false)
                .withIdentifierExpansion(true));
    SqlNode validated = validator.validate(query);
    HepPlanner planner = new HepPlanner(SUB_QUERIES, Contexts.of(BUILDER));
    RelOptCluster cluster = RelOptCluster.create(planner, new RexBuilder(types));
    SqlToRelConverter converter =
        new SqlToRelConverter(
            (rowType, queryString, schemaPath, viewPath) -> {
              throw new IllegalStateException("views are expanded before validation");
            },
            validator,
            reader,
            cluster,
            StandardConvertletTable.INSTANCE,
            SqlToRelConverter.config()
                .withExpand(false)
                .withInSubQueryThreshold(Integer.MAX_VALUE)
                .withTrimUnusedFields(false)
                .withRelBuilderConfigTransform(config -> BUILDER));
    RelRoot root = converted(converter, validated, rewriter.isRecursive());
    RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(cluster, null).transform(c -> BUILDER);
    planner.setRoot(root.project());
    RelNode rel = decorrelated(planner.findBestExp(), builder);
    rel = new FilterPushdown(builder).push(rel);
    if (RelOptUtil.countJoins(rel) <= TRIMMED_JOINS_MAX && !isCorrelated(rel)) {
      rel = new RelFieldTrimmer(validator, builder).trim(rel);
    }
    return new Logical(rel, validated, validator);
  }

  private static RelRoot converted(
      SqlToRelConverter converter, SqlNode validated, boolean recursive) {
    try {
      return converter.convertQuery(validated, false, true);
    } catch (AssertionError differs) {
      if (!recursive) {
        throw differs;
      }
      LOG.debug("types of a recursive query", differs);
      throw new TerraneException(
          ErrorCode.UNSUPPORTED,
          "the queries of a recursive common table give columns of different types; use CAST");
    }
  }

  private static boolean isCorrelated(RelNode rel) {
    return rel instanceof Correlate
        || rel.getInputs().stream().anyMatch(LogicalPlanner::isCorrelated);
  }

  private static RelNode decorrelated(RelNode rel, RelBuilder builder) {
    try {
      return RelDecorrelator.decorrelateQuery(rel, builder);
    } catch (RuntimeException | AssertionError unable) {
      LOG.debug("a correlated query is run row by row", unable);
      return rel;
    }
  }
}
