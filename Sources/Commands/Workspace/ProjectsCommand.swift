import CommandLanguage
import Reports
import Workspaces

/// `projects`: what was found out of which model, on which dataset and machine.
enum ProjectsCommand: Command {
  static let signature = CommandSignature(
    "projects", summary: "Shows the projects of the workspace: models, datasets, machines, and the best of each.",
    discussion: """
      A project is a model with a dataset, or none, on a machine. It comes about when a model is measured, calibrated or
      reported on, and is kept across notebooks and kernels, in one file for each user. A folder named .octet gives a
      directory, and all below it, a workspace of its own; OCTET_WORKSPACE names another file, or is off.

      Models are known by their content: the same file loaded in another notebook is the same project. A model that was
      made of another stands below it. `runs` lists what was run, and `reports` what was shown.
      """, result: .result,
    labels: RowSelection<ProjectColumn>.labels(
      noun: "projects", example: "accuracy > 70% and throughput > 100", errors: nil, top: nil) + [
        ParameterSignature(
          "remove", .list(of: .integer(1...Int.max)), absent: "nothing is removed",
          "The numbers of projects that are removed for good, with the runs and reports about no other project.")
      ],
    examples: [
      CommandExample("projects", "all projects, as a tree"),
      CommandExample(
        "projects where: precision = \"INT8\" sort: throughput order: descending", "the fastest INT8 models"),
    ])

  static func run(_ arguments: BoundCommand, in context: CommandContext) throws -> CommandOutcome {
    let workspace = try context.workspace(arguments)
    if arguments.isGiven("remove") {
      try attempt(arguments, "remove") { try workspace.removeProjects(arguments.integers("remove")) }
    }
    let projects = try workspace.projects()
    let order = RowSelection<ProjectColumn>.order(arguments)
    // Another order than that of the tree would put children under strangers.
    let all = order.isEmpty ? ProjectRow.tree(projects) : projects.map { ProjectRow(project: $0, depth: 0) }
    let indices = RowSelection<ProjectColumn>.indices(arguments, of: all, ClassNames(nil))
    return .reporting(
      ProjectsReport(
        indices.map { all[$0] }, order: order,
        selectionText: RowSelection<ProjectColumn>.text(indices.count, of: all.count, "projects"), path: workspace.path),
      as: .result)
  }
}
