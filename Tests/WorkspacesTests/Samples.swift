import Workspaces

/// Models, datasets and machines to try workspaces with.
enum Samples {
  static let parent = ModelRecord(
    digest: "aa", name: "net", precision: "FP32", source: "/models/net.onnx", format: "ONNX", weightByteCount: 400)
  static let child = ModelRecord(
    digest: "bb", name: "net_int8", precision: "INT8", source: "/models/net.onnx", format: "ONNX", weightByteCount: 100,
    optimization: "INT8, default, performance", parent: parent)
  static let photos = DatasetRecord(digest: "cc", name: "photos", kind: "ImageNet", root: "/photos", imageCount: 24)
  static let machine = MachineRecord(
    digest: "dd", name: "host", processor: "a processor", processorCount: 2, memoryByteCount: 1 << 30)

  static func subject(_ model: ModelRecord, on dataset: DatasetRecord? = nil) -> ProjectSubject {
    ProjectSubject(model: model, dataset: dataset, machine: machine)
  }

  static func start(_ statement: String, _ subjects: [ProjectSubject] = []) -> RunStart {
    RunStart(kind: "benchmark", statement: statement, version: "1.0", instructions: "avx2", subjects: subjects)
  }

  static func measurement(_ throughput: Double, streams: Int = 1) -> MeasurementRecord {
    MeasurementRecord(
      streams: streams, batch: 1, threads: 2, throughput: throughput, medianLatency: 0.004, p90Latency: 0.005,
      p99Latency: 0.1 + 0.2, iterationCount: 70, slices: [throughput, 1 / 3])
  }

  static let report = ReportContent(
    title: "A title", subtitle: "below", page: Array("page".utf8), rows: [Array("one".utf8), [0, 255], []])
}
