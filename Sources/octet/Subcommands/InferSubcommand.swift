import ArgumentParser
import Evaluation
import FoundationEssentials
import Graphs
import Inference
import ModelFormats
import Tensors

/// `octet infer`: one inference on NumPy files.
struct InferSubcommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "infer", abstract: "Runs a model once, its inputs and outputs being NumPy files.",
    discussion: """
      Ends with status 3 and one line that names the operator where the model needs one that Octet lacks, and with 2 \
      where the arguments or the files are wrong.
      """)

  @Argument(help: "The file of the model.")
  var model: String

  @Option(help: "The second file of a Caffe model.")
  var weights: String?

  @Option(name: .long, help: "An input as NAME=FILE.npy; once for each input.")
  var input: [String] = []

  @Option(help: "The folder that NAME.npy is written to for each output.")
  var outputDir: String

  func run() throws {
    do {
      try infer()
    } catch let ending as ProgramEnding {
      throw ending
    } catch let error as ModelFormatError {
      let isLacking = [.unsupportedOperator, .unsupportedFeature, .unsupportedVersion].contains(error.code)
      throw ending(isLacking ? ProgramEnding.unsupported : ProgramEnding.wrongArguments, error.description)
    } catch let error as GraphError {
      let isLacking = [.unsupportedOperator, .dynamicShape].contains(error.code)
      throw ending(isLacking ? ProgramEnding.unsupported : ProgramEnding.wrongArguments, error.description)
    } catch { throw ending(ProgramEnding.wrongArguments, "\(error)") }
  }

  private func infer() throws {
    let tensors = try inputs()
    let shapes = tensors.mapValues(\.shape.dimensions).filter { $0.value.allSatisfy { $0 >= 1 } }
    var graph = try ModelFormatCatalog.load(
      path: model, companion: weights, options: ImportOptions(shapes: shapes)
    ).graph
    let names = graph.outputs.map { graph[$0].name }
    let fed = try graph.inputs.map { id in
      guard let tensor = tensors[graph[id].name] else {
        throw ending(ProgramEnding.wrongArguments, "the input “\(graph[id].name)” is not given; add --input")
      }
      return tensor
    }
    try PassPipeline.canonical.run(&graph)
    let results = try Self.run(graph, fed)
    try write(Array(zip(names, results)))
  }

  private func inputs() throws -> [String: Tensor] {
    var tensors: [String: Tensor] = [:]
    for argument in input {
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[1].isEmpty else {
        throw ending(ProgramEnding.wrongArguments, "--input \(argument) is not of the form NAME=FILE.npy")
      }
      guard tensors.updateValue(try NumPyArray.read(path: String(parts[1])), forKey: String(parts[0])) == nil else {
        throw ending(ProgramEnding.wrongArguments, "the input “\(parts[0])” is given twice")
      }
    }
    return tensors
  }

  /// The outputs by a plan, or by the reference evaluation where no plan can be made of the graph.
  private static func run(_ graph: Graph, _ inputs: [Tensor]) throws -> [Tensor] {
    do {
      return try Executor(ExecutionPlan(graph), threads: ProcessorCount.active).run(inputs)
    } catch  where error.code == .unsupportedGraph {
      return try ReferenceExecutor(graph).run(inputs)
    }
  }

  private func write(_ outputs: [(name: String, tensor: Tensor)]) throws {
    for output in outputs {
      let parts = output.name.split(separator: "/", omittingEmptySubsequences: false)
      guard !parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }) else {
        throw ending(ProgramEnding.wrongArguments, "the output “\(output.name)” has a name that no file can have")
      }
      let folder = ([outputDir] + parts.dropLast().map(String.init)).joined(separator: "/")
      guard (try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)) != nil else {
        throw ending(ProgramEnding.wrongArguments, "the folder \(folder) cannot be made")
      }
      try NumPyArray.write(output.tensor, path: "\(outputDir)/\(output.name).npy")
    }
  }

  private func ending(_ status: Int32, _ message: String) -> ProgramEnding {
    ProgramEnding(status, "octet infer: " + message.split(separator: "\n").joined(separator: " "))
  }
}
