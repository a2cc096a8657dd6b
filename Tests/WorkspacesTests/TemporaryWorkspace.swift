import FoundationEssentials
import Workspaces

/// A workspace in a folder that goes with the value.
final class TemporaryWorkspace {
  let folder: String
  var path: String { folder + "/deep/workspace.sqlite" }
  /// Opened anew, as another process would.
  var workspace: Workspace { Workspace(path: path) }

  init() { folder = FileManager.default.temporaryDirectory.path + "/workspace-\(UUID().uuidString)" }

  deinit { try? FileManager.default.removeItem(atPath: folder) }
}
