import CommandLanguage
import Workspaces

extension CommandContext {
  /// The workspace.
  ///
  /// - Throws: `CommandFailure` where nothing is kept.
  func workspace(_ arguments: BoundCommand) throws -> Workspace {
    if let workspace = session.workspace { return workspace }
    throw CommandFailure(
      "no-workspace", "nothing is kept: the environment variable OCTET_WORKSPACE is off, or there is no home folder",
      at: arguments.verbSpan, help: "set OCTET_WORKSPACE to a file, and restart the kernel")
  }
}
