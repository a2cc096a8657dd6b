import Testing
import Workspaces

@Suite struct ProjectTests {
  private func finished(_ workspace: Workspace, _ findings: [Finding], _ status: RunStatus = .ready) throws {
    let run = try workspace.begin(Samples.start("x", findings.map(\.subject)))
    try workspace.finish(run: run, status, findings: findings)
  }

  @Test func `a project shows the best throughput of its model, the latest accuracy and the latest status`() throws {
    let place = TemporaryWorkspace()
    let workspace = place.workspace
    let (plain, onPhotos) = (Samples.subject(Samples.child), Samples.subject(Samples.child, on: Samples.photos))
    try finished(
      workspace, [Finding(plain, measurements: [Samples.measurement(90), Samples.measurement(120, streams: 2)])])
    #expect(try workspace.projects().map(\.dataset) == [nil])
    for accuracy in [0.5, 0.25] {
      try finished(
        workspace, [Finding(onPhotos, figures: [FigureRecord(Workspace.accuracyFigure, accuracy, count: 24)])])
    }
    try finished(workspace, [Finding(onPhotos)], .error)
    // The project without a dataset gives way to that with one, which shows its throughput.
    let projects = try place.workspace.projects()
    #expect(projects.map(\.dataset) == ["photos"])
    let project = try #require(projects.first)
    #expect(project.throughput?.value == 120 && project.throughput?.streams == 2)
    #expect(project.accuracy?.value == 0.25 && project.accuracy?.count == 24)
    #expect(project.status == .error && project.runCount == 3)
    #expect(project.parent != nil && project.machine == "host, a processor")
  }

  @Test func `a project is removed with what is about it alone`() throws {
    let place = TemporaryWorkspace()
    let workspace = place.workspace
    let both = [Samples.subject(Samples.parent), Samples.subject(Samples.child)]
    try finished(workspace, both.map { Finding($0, measurements: [Samples.measurement(9)]) })
    try finished(workspace, [Finding(both[1], figures: [FigureRecord("agreement", 1)])])
    let error = #expect(throws: WorkspaceError.self) { try workspace.removeProjects([2, 7]) }
    #expect(error?.code == .unknown && error?.message == "the workspace has no project 7")
    #expect(try workspace.projects().count == 2)
    try workspace.removeProjects([2])
    #expect(try workspace.projects().map(\.modelName) == ["net"])
    #expect(try workspace.runs().map(\.id) == [1])
    #expect(try workspace.findings(ofRun: 1).map(\.finding.measurements.count) == [1])
    #expect(try workspace.integrityProblems().isEmpty)
  }

  @Test func `models and datasets are known by their digests, wherever they lie`() throws {
    let place = TemporaryWorkspace()
    let moved = ModelRecord(
      digest: "aa", name: "moved", precision: "FP32", source: "/elsewhere/net.onnx", format: "ONNX",
      weightByteCount: 400)
    try finished(place.workspace, [Finding(Samples.subject(Samples.parent))])
    try finished(place.workspace, [Finding(Samples.subject(moved))])
    let projects = try place.workspace.projects()
    #expect(projects.map(\.modelName) == ["moved"] && projects.map(\.runCount) == [2])
    #expect(try place.workspace.runs(ofProject: projects[0].id).count == 2)
    #expect(try place.workspace.runs(ofProject: 99).isEmpty)
  }
}
