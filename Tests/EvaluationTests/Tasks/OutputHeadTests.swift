import Datasets
import Evaluation
import Graphs
import Tensors
import Testing

@Suite struct OutputHeadTests {
  /// The outputs of a network that takes pictures of 32 x 24 pixels and makes zeros of these shapes.
  private func outputs(
    _ shapes: [(name: String, shape: [Int])], type: ElementType = .float32, channels: Int = 3, nameCount: Int? = nil
  ) throws -> ModelOutputs {
    var graph = Graph(name: "outputs")
    let input = graph.addInput("image", ValueType(.float32, try Shape([1, channels, 24, 32])))
    _ = input
    graph.outputs = try shapes.map { name, shape in
      graph.addConstant(
        name, try Tensor(shape: Shape(shape), [Float](repeating: 0, count: shape.reduce(1, *))).converted(to: type))
    }
    let preprocessing = try Preprocessing(
      PreprocessingOptions(resize: .stretch(ImageSize(width: 32, height: 24))),
      inputShape: Shape([1, channels, 24, 32]))
    return try #require(ModelOutputs(graph, preprocessing: preprocessing, nameCount: nameCount))
  }

  @Test(
    arguments: [
      ([[1, 1000]], VisionTask.classification, 1000), ([[1, 20, 1, 1]], .classification, 20),
      ([[1, 60, 4], [1, 60, 21]], .objectDetection, 21), ([[1, 60, 21], [1, 60, 4]], .objectDetection, 21),
      ([[1, 60, 8]], .objectDetection, 3), ([[1, 7, 60]], .objectDetection, 3),
      ([[1, 1, 100, 7]], .objectDetection, nil),
      ([[1, 21, 24, 32]], .semanticSegmentation, 21), ([[1, 21, 6, 8]], .semanticSegmentation, 21),
      ([[1, 1, 24, 32]], .semanticSegmentation, nil), ([[1, 24, 32]], .semanticSegmentation, nil),
      ([[1, 3, 48, 64]], .superResolution, nil), ([[1, 3, 24, 32]], .styleTransfer, nil),
    ] as [([[Int]], VisionTask, Int?)]) func `the task is told from the outputs' shapes`(
      _ shapes: [[Int]], _ task: VisionTask, _ classes: Int?
    ) throws
  {
    let outputs = try outputs(shapes.enumerated().map { ("out\($0.offset)", $0.element) })
    let head = try #require(OutputHeadCatalog.head(of: outputs))
    #expect(head.task == task)
    #expect(head.classCount == classes)
  }

  @Test func `whole numbers of the input's size are classes, and names decide on the axis of YOLO`() throws {
    let classes = try outputs([("ids", [1, 24, 32])], type: .int64)
    #expect(OutputHeadCatalog.head(of: classes)?.task == .semanticSegmentation)
    // 9 boxes of 10 numbers, or 10 boxes of 9.
    let ambiguous = [("out", [1, 9, 10])]
    #expect(OutputHeadCatalog.head(of: try outputs(ambiguous))?.classCount == 5)
    #expect(OutputHeadCatalog.head(of: try outputs(ambiguous, nameCount: 5))?.summary.contains("10 boxes") == true)
    #expect(OutputHeadCatalog.head(of: try outputs([("out", [1, 10, 9])], nameCount: 5))?.classCount == 4)
    #expect(OutputHeadCatalog.head(of: try outputs([("a", [1, 60, 4]), ("boxes", [1, 60, 4])]))?.classCount == 4)
  }

  @Test func `a named task takes what is ambiguous, and refuses what it is not`() throws {
    let vector = try outputs([("out", [1, 10])])
    #expect(OutputHeadCatalog.head(of: vector, task: .landmarkDetection)?.summary == "5 points")
    #expect(OutputHeadCatalog.head(of: vector, task: .faceRecognition)?.task == .faceRecognition)
    #expect(OutputHeadCatalog.head(of: vector, task: .objectDetection) == nil)
    let picture = try outputs([("out", [1, 3, 24, 32])])
    #expect(OutputHeadCatalog.head(of: picture, task: .semanticSegmentation)?.classCount == 3)
    #expect(OutputHeadCatalog.head(of: try outputs([("out", [1, 3, 24, 32])], nameCount: 3))?.classCount == 3)
  }

  @Test func `boxes go back through resizing and cropping`() throws {
    let preprocessing = try Preprocessing(
      PreprocessingOptions(resize: .shorterSide(40), crop: ImageSize(width: 32, height: 24)),
      inputShape: Shape([1, 3, 24, 32]))
    // 200 x 100 becomes 80 x 40, of which the crop takes columns 24 to 55 and rows 8 to 31.
    let view = preprocessing.view(of: ImageSize(width: 200, height: 100))
    let box = view.pictureBox(BoundingBox(left: 0, top: 0, right: 32, bottom: 24))
    #expect(box == BoundingBox(left: 60, top: 20, right: 140, bottom: 80))
    #expect(abs(view.visibleShare - 80.0 * 60 / 20_000) < 1e-12)
    let inside = view.pictureBox(BoundingBox(left: 4, top: 2, right: 10, bottom: 12))
    #expect(inside == BoundingBox(left: 70, top: 25, right: 85, bottom: 50))
    #expect(view.inputPoint(view.picturePoint(ImagePoint(x: 3.5, y: 7))) == ImagePoint(x: 3.5, y: 7))
  }

  @Test func `scores above the threshold become boxes in the picture, without the background`() throws {
    let outputs = try outputs([("boxes", [1, 2, 4]), ("scores", [1, 2, 3])])
    let head = try #require(OutputHeadCatalog.head(of: outputs))
    let preprocessing = try Preprocessing(
      PreprocessingOptions(resize: .stretch(ImageSize(width: 32, height: 24))), inputShape: Shape([1, 3, 24, 32]))
    let boxes = try Tensor(shape: Shape([1, 2, 4]), [0.25, 0.5, 0.75, 1, 0, 0, .nan, 1] as [Float])
    let scores = try Tensor(shape: Shape([1, 2, 3]), [0.875, 0.0625, 0.5, 0.25, 0.25, 0.75] as [Float])
    let prediction = try head.decode(
      [boxes, scores], preprocessing.view(of: ImageSize(width: 64, height: 240)),
      DetectionOptions(threshold: 0.25, overlap: 0.5, limit: 10))
    #expect(
      prediction
        == .detections([
          Detection(classIndex: 2, score: 0.5, box: BoundingBox(left: 16, top: 120, right: 48, bottom: 240))
        ]))
    #expect(throws: EvaluationError.self) {
      try head.decode([boxes], preprocessing.view(of: ImageSize(32)), DetectionOptions())
    }
  }

  @Test func `classes are spread over a picture of another size, and unseen pixels are of none`() throws {
    let map = try #require(ClassMap(classes: [0, 1, 2, 3], size: ImageSize(2)))
    let whole = try Preprocessing(
      PreprocessingOptions(resize: .stretch(ImageSize(4))), inputShape: Shape([1, 3, 4, 4]))
    let spread = map.spread(over: whole.view(of: ImageSize(width: 6, height: 4)))
    #expect(spread == [0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 2, 2, 2, 3, 3, 3])
    let cropped = try Preprocessing(PreprocessingOptions(crop: ImageSize(4)), inputShape: Shape([1, 3, 4, 4]))
    let part = map.spread(over: cropped.view(of: ImageSize(width: 6, height: 4)))
    #expect(part.prefix(6) == [-1, 0, 0, 1, 1, -1])
    #expect(map.classes == [0, 1, 2, 3])
    #expect(ClassMap(classes: [0], size: ImageSize(2)) == nil)
  }
}
