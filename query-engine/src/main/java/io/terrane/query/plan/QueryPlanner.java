package io.terrane.query.plan;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.sql.ResultColumn;
import io.terrane.api.table.TableName;
import io.terrane.api.table.ViewInfo;
import io.terrane.api.table.VirtualTable;
import io.terrane.query.catalog.CatalogSnapshotReader;
import io.terrane.query.catalog.CatalogSnapshotReader.HiddenColumns;
import io.terrane.query.catalog.ViewTable;
import io.terrane.query.distribute.RegionReader;
import io.terrane.query.function.FunctionRegistry;
import io.terrane.query.plan.DialectRewriter.Parameters;
import io.terrane.query.type.TerraneTypeFactory;
import io.terrane.query.type.TypeMapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql2rel.SqlToRelConverter;

/**
 * From a parsed query to a plan that runs: MySQL's meaning, validation against one snapshot,
 * Calcite's relational form, rewrites, then directly our nodes. Thread-safe; one call plans on its
 * thread alone.
 */
public final class QueryPlanner {
  private static final int VIEW_DEPTH_MAX = 32;

  private final FunctionRegistry functions;
  private final FunctionOperators operators;
  private final Map<TableName, VirtualTable> virtualTables = new HashMap<>();
  private final Function<String, SqlNode> parser;
  private final RegionReader regions;
  private final TerraneTypeFactory types;

  /**
   * @param parser reads a view's stored query
   * @param regions reads what plans push down to datanodes
   */
  public QueryPlanner(
      FunctionRegistry functions,
      List<VirtualTable> virtualTables,
      Function<String, SqlNode> parser,
      RegionReader regions) {
    this.functions = functions;
    this.operators = new FunctionOperators(functions);
    this.parser = parser;
    this.regions = regions;
    this.types = new TerraneTypeFactory(functions);
    virtualTables.forEach(table -> this.virtualTables.put(folded(table.name()), table));
  }

  /** Plans a query; errors are TerraneExceptions in MySQL's words. */
  public PlannedQuery plan(SqlNode query, PlanContext context) {
    return plan(query, context, HiddenColumns.HIDDEN);
  }

  /** The same, with the hidden row id of keyless tables among their columns. */
  public PlannedQuery plan(SqlNode query, PlanContext context, HiddenColumns hidden) {
    try {
      return new Planning(context, hidden, 0).plan(query);
    } catch (StackOverflowError deep) {
      throw new TerraneException(
          ErrorCode.RESOURCE_EXHAUSTED, "the query is nested too deeply to be planned", deep);
    } catch (RuntimeException failure) {
      throw PlannerErrors.of(failure);
    }
  }

  private Optional<VirtualTable> virtualTable(TableName name) {
    return Optional.ofNullable(virtualTables.get(folded(name)));
  }

  private static TableName folded(TableName name) {
    return new TableName(
        name.database().toLowerCase(Locale.ROOT), name.table().toLowerCase(Locale.ROOT));
  }

  /** One query's way through Calcite; views open further ones, deeper. */
  private final class Planning implements ViewTable.Expander {
    private final PlanContext context;
    private final int depth;
    private final CatalogSnapshotReader catalog;
    private final SqlValidator validator;
    private RelOptCluster cluster;

    Planning(PlanContext context, HiddenColumns hidden, int depth) {
      if (depth > VIEW_DEPTH_MAX) {
        throw new TerraneException(
            ErrorCode.INVALID_ARGUMENT, "views stand on each other more than 32 deep");
      }
      this.context = context;
      this.depth = depth;
      this.catalog =
          new CatalogSnapshotReader(
              context.catalog(),
              context.database(),
              QueryPlanner.this::virtualTable,
              types,
              operators,
              this,
              hidden);
      this.validator = new TerraneValidator(operators, catalog, types, validatorConfig());
    }

    PlannedQuery plan(SqlNode query) {
      TableNames.check(query, catalog, context.database());
      SqlNode validated = validated(query);
      List<ResultColumn> columns = columns(validated);
      cluster = cluster();
      RelNode logical = convert(validated);
      RelNode optimized = Rewrites.apply(logical, validator);
      return new PlannedQuery(
          columns, new PhysicalPlanner(functions, regions, context).convert(optimized));
    }

    private SqlNode validated(SqlNode query) {
      Parameters parameters =
          context.parameters().map(Parameters::of).orElseGet(Parameters::unknown);
      return validator.validate(new DialectRewriter(operators, parameters).rewrite(query));
    }

    private RelNode convert(SqlNode validated) {
      SqlToRelConverter converter =
          new SqlToRelConverter(
              (type, sql, path, names) -> {
                throw new IllegalStateException("views are expanded by their tables");
              },
              validator,
              catalog,
              cluster,
              PlainComparisons.CONVERTLETS,
              SqlToRelConverter.config()
                  .withExpand(false)
                  .withTrimUnusedFields(false)
                  .withInSubQueryThreshold(Integer.MAX_VALUE)
                  .withRelBuilderConfigTransform(
                      builder -> builder.withBloat(-1).withSimplify(false)));
      RelRoot root = converter.convertQuery(validated, false, true);
      return root.project();
    }

    private List<ResultColumn> columns(SqlNode validated) {
      RelDataType row = validator.getValidatedNodeType(validated);
      List<List<String>> origins = validator.getFieldOrigins(validated);
      List<ResultColumn> columns = new ArrayList<>();
      for (RelDataTypeField field : row.getFieldList()) {
        columns.add(column(field, origins.get(field.getIndex())));
      }
      return columns;
    }

    private ResultColumn column(RelDataTypeField field, List<String> origin) {
      if (origin == null || origin.size() < 2) {
        return new ResultColumn(
            field.getName(),
            TypeMapping.fromCalcite(field.getType()),
            field.getType().isNullable(),
            "",
            "",
            "",
            false);
      }
      int last = origin.size() - 1;
      TableName table = catalog.qualified(origin.subList(0, last));
      boolean key =
          context
              .catalog()
              .findTable(table)
              .map(info -> info.schema().primaryKey().contains(origin.get(last)))
              .orElse(false);
      return new ResultColumn(
          field.getName(),
          TypeMapping.fromCalcite(field.getType()),
          field.getType().isNullable(),
          table.database(),
          table.table(),
          origin.get(last),
          key);
    }

    @Override
    public RelDataType rowType(ViewInfo view) {
      Planning inner = inner(view);
      RelDataType type =
          inner.validator.getValidatedNodeType(inner.validated(parser.apply(view.definition())));
      if (view.columns().isEmpty()) {
        return type;
      }
      return types.createStructType(
          type.getFieldList().stream().map(RelDataTypeField::getType).toList(), view.columns());
    }

    @Override
    public RelNode expand(ViewInfo view, RelOptTable.ToRelContext toRel) {
      Planning inner = inner(view);
      inner.cluster = toRel.getCluster();
      return inner.convert(inner.validated(parser.apply(view.definition())));
    }

    private Planning inner(ViewInfo view) {
      return new Planning(
          PlanContext.of(context.catalog(), view.database(), context.timeZone()),
          HiddenColumns.HIDDEN,
          depth + 1);
    }

    private RelOptCluster cluster() {
      HepPlanner planner = new HepPlanner(HepProgram.builder().build());
      planner.setExecutor(
          (RexBuilder rex, List<RexNode> constants, List<RexNode> reduced) ->
              reduced.addAll(constants));
      return RelOptCluster.create(planner, new RexBuilder(types));
    }

    private SqlValidator.Config validatorConfig() {
      return SqlValidator.Config.DEFAULT
          .withConformance(MySqlConformance.INSTANCE)
          .withIdentifierExpansion(true)
          .withCallRewrite(false)
          .withDefaultNullCollation(NullCollation.LOW)
          .withTypeCoercionEnabled(true)
          .withTypeCoercionFactory(PermissiveCoercion::new);
    }
  }
}
