import GRDB

extension Workspace {
  /// The name of the figure that a project's accuracy is.
  public static let accuracyFigure = "accuracy@top1"
  /// The names, or their beginnings, of the figures from 0 to 1 that a project's accuracy can be: the first figure of each task
  /// that has one.
  static let accuracyFigures = [accuracyFigure, "mAP@%", "COCO precision", "mean IoU", "SSIM", "pairwise accuracy"]

  /// All projects, oldest first. One without a dataset is left out where its model has one with a dataset on the same machine,
  /// which then shows the same throughput.
  ///
  /// - Throws: `WorkspaceError`.
  public func projects() throws -> [ProjectRecord] {
    try read { database in
      try Row.fetchAll(database, sql: Self.projectQuery, arguments: StatementArguments(Self.accuracyFigures)).map {
        row in
        let machine: String = row["machine"]
        return ProjectRecord(
          id: row["id"], model: row["model"], parent: row["parent"], modelName: row["name"],
          precision: row["precision"],
          optimization: row["optimization"], digest: row["digest"], dataset: row["dataset"],
          machine: "\(machine), \(row["processor"] as String)", created: row["created"],
          throughput: (row["throughput"] as Double?).map { value in
            ProjectRecord.Throughput(
              value: value, streams: row["streams"], batch: row["batch"], medianLatency: row["latency"])
          },
          accuracy: (row["accuracy"] as Double?).map { value in
            let (lower, upper): (Double?, Double?) = (row["lower"], row["upper"])
            return FigureRecord(
              row["figure"], value,
              interval: lower.flatMap { lower in upper.map { min(lower, $0)...max(lower, $0) } }, count: row["count"])
          },
          runCount: row["runs"], status: (row["status"] as String?).map { _ in Self.status(row) })
      }
    }
  }

  /// Removes projects with what was found out of them, and the runs and reports that were about no other project.
  ///
  /// - Throws: `WorkspaceError.unknown` where a number is that of none; then nothing is removed.
  public func removeProjects(_ numbers: [Int]) throws {
    try write { database in
      for number in numbers {
        try database.execute(sql: "DELETE FROM project WHERE id = ?", arguments: [number])
        guard database.changesCount == 1 else {
          throw WorkspaceError(.unknown, "the workspace has no project \(number)", remedy: "`projects` lists them")
        }
      }
      try database.execute(
        sql: "DELETE FROM run WHERE status <> 'running' AND id NOT IN (SELECT run FROM run_project)")
    }
  }

  private static let accuracyCondition = accuracyFigures.map { _ in "figure.name LIKE ?" }.joined(separator: " OR ")

  private static let projectQuery = """
    SELECT project.id, project.model, model.parent, model.name, model.precision, model.optimization, model.digest,
      dataset.name AS dataset, machine.name AS machine, machine.processor, project.created,
      best.throughput, best.streams, best.batch, best.latency_median AS latency,
      last.status, last.process, latest.value AS accuracy, latest.name AS figure, latest.lower, latest.upper, latest.count,
      (SELECT count(*) FROM run_project WHERE run_project.project = project.id) AS runs
    FROM project
    JOIN model ON model.id = project.model
    JOIN machine ON machine.id = project.machine
    LEFT JOIN dataset ON dataset.id = project.dataset
    LEFT JOIN measurement AS best ON best.id = (
      SELECT measurement.id FROM measurement JOIN project AS other ON other.id = measurement.project
      WHERE other.model = project.model AND other.machine = project.machine
      ORDER BY measurement.throughput DESC, measurement.id LIMIT 1)
    LEFT JOIN run AS last ON last.id = (SELECT max(run) FROM run_project WHERE run_project.project = project.id)
    LEFT JOIN figure AS latest ON latest.project = project.id AND (latest.run, latest.name) = (
      SELECT figure.run, figure.name FROM figure WHERE figure.project = project.id AND (\(accuracyCondition))
      ORDER BY figure.run DESC, figure.name LIMIT 1)
    WHERE project.dataset IS NOT NULL OR NOT EXISTS (
      SELECT 1 FROM project AS other
      WHERE other.model = project.model AND other.machine = project.machine AND other.dataset IS NOT NULL)
    ORDER BY project.id
    """
}
