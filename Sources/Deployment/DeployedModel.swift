public import Datasets
import Dispatch
import FoundationEssentials
import GraphArchives
import Graphs
import Inference
import Synchronization
import Tensors

/// A packaged model that is ready to run. May be used from several threads at the same time.
public final class DeployedModel: Sendable {
  /// What the package says of the model, with the batch and the streams that are in effect.
  public let description: PackagedModel
  /// The names of the classes, if the package has them.
  public let labels: Labels?
  private let preprocessing: Preprocessing
  private let plan: ExecutionPlan
  private let threads: Int
  private let idle = Mutex<[IdleExecutor]>([])

  /// An executor that waits for work; whoever takes it out of the list is the only one to use it.
  private struct IdleExecutor: @unchecked Sendable {
    let executor: Executor
  }

  /// Opens the model in the folder `model` of a package.
  ///
  /// - Parameters:
  ///   - folder: the folder that holds `model.json`.
  ///   - batch: pictures that are computed together; nil takes the package's.
  ///   - streams: inferences that run at the same time; nil takes the package's.
  /// - Throws: `DeploymentError`.
  public init(folder: String, batch: Int? = nil, streams: Int? = nil) throws(DeploymentError) {
    var description = try Self.description(in: folder)
    description.batch = batch ?? description.batch
    description.streams = streams ?? description.streams
    guard PackagedModel.batches.contains(description.batch) else {
      throw DeploymentError(.invalidArgument, "a batch of \(description.batch) is not possible; use 1 to 1024")
    }
    guard PackagedModel.streamCounts.contains(description.streams) else {
      throw DeploymentError(.invalidArgument, "\(description.streams) streams are not possible; use 1 to 64")
    }
    let graph = try Self.graph(in: folder, batch: description.batch)
    do {
      plan = try ExecutionPlan(graph)
    } catch { throw DeploymentError(error) }
    let haveRows = plan.outputs.allSatisfy {
      $0.shape.dimensions.first == description.batch && $0.elementType == .float32
    }
    guard let options = description.preprocessing.options, plan.inputs.count == 1,
      let preprocessing = try? Preprocessing(options, inputShape: plan.inputs[0].shape), haveRows,
      plan.outputs.map({ Array($0.shape.dimensions.dropFirst()) }) == description.outputs.map(\.extents),
      let count = description.outputs.first?.count, [0, count].contains(description.classCount),
      description.outputs.allSatisfy({ $0.count != nil })
    else {
      throw DeploymentError(
        .invalidPackage, "\(folder)/\(PackagedModel.fileName) does not fit the network; unpack the package again")
    }
    self.preprocessing = preprocessing
    do {
      labels = try description.hasLabels ? Labels(contentsOfFile: "\(folder)/\(PackagedModel.labelsFileName)") : nil
    } catch { throw DeploymentError(error, .invalidPackage) }
    threads = max(1, ProcessInfo.processInfo.activeProcessorCount / description.streams)
    self.description = description
  }

  private static func description(in folder: String) throws(DeploymentError) -> PackagedModel {
    let path = "\(folder)/\(PackagedModel.fileName)"
    guard let data = FileManager.default.contents(atPath: path) else {
      throw DeploymentError(
        .invalidPackage, "\(path) cannot be read; name the folder of a package that holds \(PackagedModel.fileName)")
    }
    guard let description = try? JSONDecoder().decode(PackagedModel.self, from: data) else {
      throw DeploymentError(.invalidPackage, "\(path) is damaged; unpack the package again")
    }
    guard description.archive == GraphArchive.version else {
      throw DeploymentError(
        .invalidPackage,
        "\(path) is of version \(description.archive) of the format, but this library reads \(GraphArchive.version); "
          + "use the library that came with the model")
    }
    return description
  }

  private static func graph(in folder: String, batch: Int) throws(DeploymentError) -> Graph {
    let path = "\(folder)/\(PackagedModel.networkFileName)"
    guard let data = FileManager.default.contents(atPath: path) else {
      throw DeploymentError(.invalidPackage, "\(path) cannot be read; unpack the package again")
    }
    guard let graph = GraphArchive.decode(data) else {
      throw DeploymentError(.invalidPackage, "\(path) is damaged; unpack the package again")
    }
    do {
      return try graph.settingBatchSize(batch)
    } catch {
      throw DeploymentError(.unsupported, "a batch of \(batch) is not possible with this network: \(error.message)")
    }
  }

  /// The scores that a classifier gives for some pictures, one row a picture.
  ///
  /// - Parameters: as of `outputs(count:picture:)`.
  /// - Returns: `count * description.classCount` numbers.
  /// - Throws: as `outputs(count:picture:)`; `DeploymentError.unsupported` if the model is no classifier.
  public func scores(
    count: Int, picture: @Sendable (Int) throws(DeploymentError) -> Image
  ) throws(DeploymentError) -> [Float] {
    guard description.classCount > 0 else {
      throw DeploymentError(.unsupported, "the model gives no score for each class; ask for its outputs instead")
    }
    return try outputs(count: count, picture: picture).first ?? []
  }

  /// What the network gives for some pictures.
  ///
  /// - Parameters:
  ///   - count: how many pictures there are.
  ///   - picture: the picture of an index; called from several threads at the same time.
  /// - Returns: for each of `description.outputs` one row a picture, of as many numbers as the output has.
  /// - Throws: `DeploymentError`; of several, the one of the first picture.
  public func outputs(
    count: Int, picture: @Sendable (Int) throws(DeploymentError) -> Image
  ) throws(DeploymentError) -> [[Float]] {
    guard count > 0 else { return description.outputs.map { _ in [] } }
    let batch = description.batch
    let batchCount = (count - 1) / batch + 1
    let results = Mutex([Result<[[Float]], DeploymentError>?](repeating: nil, count: batchCount))
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: min(description.streams, batchCount)) { _ in
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < batchCount else { return }
        let range = index * batch..<min((index + 1) * batch, count)
        let result = Result { () throws(DeploymentError) -> [[Float]] in try self.outputs(of: range, picture: picture) }
        results.withLock { $0[index] = result }
      }
    }
    var outputs: [[Float]] = description.outputs.map { _ in [] }
    for result in results.withLock({ $0 }) {
      for (index, values) in (try result?.get() ?? []).enumerated() { outputs[index] += values }
    }
    return outputs
  }

  /// The scores of one picture.
  ///
  /// - Throws: as `scores(count:picture:)`.
  public func scores(of image: Image) throws(DeploymentError) -> [Float] {
    try scores(count: 1) { _ throws(DeploymentError) in image }
  }

  /// One batch; the room of pictures that are missing in the last one is filled with zeros.
  private func outputs(
    of range: Range<Int>, picture: @Sendable (Int) throws(DeploymentError) -> Image
  ) throws(DeploymentError) -> [[Float]] {
    var values: [Float] = []
    values.reserveCapacity(description.batch * preprocessing.elementCount)
    for index in range {
      let image = try picture(index)
      do {
        values += try preprocessing.values(image)
      } catch { throw DeploymentError(error, .invalidPicture) }
    }
    values += [Float](repeating: 0, count: (description.batch - range.count) * preprocessing.elementCount)
    let executor = try takeExecutor()
    defer { idle.withLock { $0.append(IdleExecutor(executor: executor)) } }
    do {
      let input = try Tensor(shape: plan.inputs[0].shape, values)
      let outputs = try executor.run([input])
      return zip(outputs, description.outputs).map { Array($0.floats.prefix(range.count * ($1.count ?? 0))) }
    } catch let error as InferenceError {
      throw DeploymentError(error)
    } catch { throw DeploymentError(.invalidPackage, "the network does not fit the pictures: \(error)") }
  }

  private func takeExecutor() throws(DeploymentError) -> Executor {
    if let waiting = idle.withLock({ $0.popLast() }) { return waiting.executor }
    do {
      return try Executor(plan, threads: threads)
    } catch { throw DeploymentError(error) }
  }
}

extension DeploymentError {
  /// The engine's error.
  init(_ error: InferenceError) {
    let code: Code = error.code == .outOfMemory ? .outOfMemory : .unsupported
    self.init(code, error.description)
  }

  /// An error about a picture or the list of classes.
  public init(_ error: DatasetError, _ code: Code) {
    let file = error.file.map { "\($0): " } ?? ""
    self.init(code, file + error.message + (error.remedy.map { "; \($0)" } ?? ""))
  }
}
