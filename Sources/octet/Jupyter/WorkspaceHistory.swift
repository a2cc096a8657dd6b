import JupyterMessaging
import KernelHost
import Workspaces

/// The workspace as what a kernel remembers its cells in.
struct WorkspaceHistory: HistoryStore {
  let workspace: Workspace

  /// The history in the workspace of the process; nil where there is none.
  static var standard: WorkspaceHistory? { Workspace.standard.map(WorkspaceHistory.init(workspace:)) }

  func beginSession() throws -> Int { try workspace.beginSession() }

  func append(_ cells: [HistoryReply.Entry]) throws {
    try workspace.append(
      cells.map { CellRecord(session: $0.session, line: $0.line, input: $0.input, output: $0.output) })
  }

  func entries(_ access: HistoryRequest.Access, session: Int) throws -> [HistoryReply.Entry] {
    try cells(access, session).map {
      HistoryReply.Entry(session: $0.session, line: $0.line, input: $0.input, output: $0.output)
    }
  }

  private func cells(_ access: HistoryRequest.Access, _ session: Int) throws -> [CellRecord] {
    switch access {
    case .range(let number, let start, let stop):
      let wanted = number > 0 ? number : session.addingReportingOverflow(number).partialValue
      return try workspace.cells(ofSession: wanted, lines: start..<max(start, stop ?? Int.max))
    case .tail(let count): return try workspace.newestCells(count)
    case .search(let pattern, let count, let isUnique):
      return try workspace.cells(matching: pattern, count: count, isUnique: isUnique)
    }
  }
}
