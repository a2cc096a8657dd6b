import Graphs
import Tensors
import Testing

/// A small network in floats and what its plan must look like.
struct FloatCase: CustomTestStringConvertible {
  let name: String
  let input: [Int]
  /// The operations of the plan.
  let operations: [String]
  /// Whether the plan has steps of its own for all nodes.
  let isLowered: Bool
  /// Builds the network and gives its output.
  let build: @Sendable (inout Network, _ input: ValueID) throws -> ValueID

  init(
    _ name: String, _ operations: [String], on input: [Int] = [2, 21, 13, 17], isLowered: Bool = true,
    _ build: @escaping @Sendable (inout Network, ValueID) throws -> ValueID
  ) {
    self.name = name
    self.input = input
    self.operations = operations
    self.isLowered = isLowered
    self.build = build
  }

  var testDescription: String { name }

  static let all = convolutions + products + poolings + elementwise + shapes

  static let convolutions = [
    FloatCase("convolution", ["Conv+ReLU6"]) {
      try $0.conv($1, 19, activation: .clip(lower: 0, upper: 6), quantized: false)
    },
    FloatCase("convolution of one pixel", ["Conv"], on: [1, 8, 1, 1]) { try $0.conv($1, 70, quantized: false) },
    FloatCase("large window", ["Reorder, Conv"], on: [1, 4, 30, 31]) {
      try $0.conv($1, 12, kernel: [11, 17], strides: [4, 3], quantized: false)
    },
    FloatCase("window too large for a tile", ["Conv"], on: [1, 3, 21, 20], isLowered: false) {
      try $0.conv($1, 5, kernel: [18, 17], quantized: false)
    },
    FloatCase("depthwise window too large for a tile", ["DepthwiseConv"], on: [1, 5, 24, 25]) {
      try $0.depthwise($1, kernel: [19, 21], quantized: false)
    },
    FloatCase("depthwise with a residual", ["DepthwiseConv", "Add+ReLU"]) { net, x in
      net.add(Add(activation: .relu), x, try net.depthwise(x, quantized: false))
    },
    FloatCase("negative pads", ["Conv"], isLowered: false) {
      try $0.conv($1, 9, pads: [-1, 2, -1, 0], quantized: false)
    },
    FloatCase("convolution along one axis", ["Conv"], on: [2, 6, 19], isLowered: false) {
      try $0.conv($1, 5, kernel: [3], strides: [2], dilations: [1], quantized: false)
    },
    FloatCase("residual", ["Conv", "Conv+Add+ReLU"]) { net, x in
      let other = try net.conv(x, 19, quantized: false)
      return net.add(Add(activation: .relu), other, try net.conv(x, 19, kernel: [1, 1], quantized: false))
    },
    FloatCase("residual, operands exchanged", ["Conv", "Conv+Add"]) { net, x in
      let early = try net.conv(x, 19, quantized: false)
      let late = try net.conv(x, 19, kernel: [1, 1], quantized: false)
      return net.add(Add(), late, early)
    },
    FloatCase("residual of a branch that comes later", ["MaxPool", "Conv+Add"]) { net, x in
      let early = try net.conv(x, 21, quantized: false)
      return net.add(Add(), net.add(MaxPool(window: .init(kernel: [3, 3], pads: [1, 1, 1, 1])), x), early)
    },
    FloatCase("convolution read twice", ["Conv", "ReLU", "Add"]) { net, x in
      let y = try net.conv(x, 19, quantized: false)
      return net.add(Add(), y, net.add(Relu(), y))
    },
    FloatCase("transposed convolution", ["ConvTranspose"], on: [1, 4, 5, 5], isLowered: false) { net, x in
      net.add(ConvTranspose(window: .init(kernel: [3, 3])), x, try net.weights([4, 2, 3, 3]))
    },
    FloatCase("weights that are computed", ["Exp", "Conv"], on: [1, 4, 5, 5], isLowered: false) { net, x in
      net.add(Conv(window: .init(kernel: [5, 5])), x, net.add(Exp(), x))
    },
  ]

  static let products = [
    FloatCase("Gemm", ["Gemm+ReLU"], on: [5, 80]) { net, x in
      net.add(Gemm(transB: true, activation: .relu), x, try net.weights([37, 80]), try net.weights([37]))
    },
    FloatCase("Gemm with factors", ["Gemm"], on: [5, 80]) { net, x in
      net.add(Gemm(alpha: 0.5, beta: 3), x, try net.weights([80, 37]), try net.weights([1, 37]))
    },
    FloatCase("Gemm with a summand a row", ["Gemm"], on: [37, 20], isLowered: false) { net, x in
      net.add(Gemm(), x, try net.weights([20, 37]), try net.weights([37, 1]))
    },
    FloatCase("Gemm of a transposed matrix", ["Gemm"], on: [20, 5], isLowered: false) { net, x in
      net.add(Gemm(transA: true), x, try net.weights([20, 7]))
    },
    FloatCase("MatMul of stacks", ["MatMul"], on: [2, 5, 20], isLowered: false) { net, x in
      net.add(MatMul(), x, try net.weights([20, 7]))
    },
    FloatCase("two layers and a residual", ["MatMul", "Gemm+Add"], on: [3, 50]) { net, x in
      let hidden = net.add(MatMul(), x, try net.weights([50, 100]))
      return net.add(Add(), x, net.add(Gemm(), hidden, try net.weights([100, 50]), try net.weights([50])))
    },
  ]

  static let poolings = [
    FloatCase("MaxPool", ["MaxPool"]) { net, x in
      let window = SpatialWindow(
        kernel: [3, 2], strides: [2, 3], dilations: [1, 2], pads: [1, 0, 2, 1], ceilMode: true)
      return net.add(MaxPool(window: window), x)
    },
    FloatCase("MaxPool with windows of padding alone", ["MaxPool", "Clip"]) { net, x in
      net.add(Clip(lower: -3), net.add(MaxPool(window: .init(kernel: [2, 2], pads: [3, 2, 0, 0])), x))
    },
    FloatCase("AveragePool over padding", ["AveragePool"]) { net, x in
      let window = SpatialWindow(kernel: [3, 3], strides: [2, 2], pads: [1, 0, 2, 1], ceilMode: true)
      return net.add(AveragePool(window: window, countsPadding: true), x)
    },
    FloatCase("AveragePool with windows of padding alone", ["AveragePool"]) { net, x in
      net.add(AveragePool(window: .init(kernel: [2, 2], dilations: [3, 1], pads: [3, 2, 0, 0])), x)
    },
    FloatCase("GlobalAveragePool", ["GlobalAveragePool"], on: [3, 150, 9, 11]) { $0.add(GlobalAveragePool(), $1) },
    FloatCase("GlobalMaxPool", ["GlobalMaxPool"], on: [3, 150, 9, 11]) { $0.add(GlobalMaxPool(), $1) },
    FloatCase("ReduceMean", ["ReduceMean"]) { $0.add(ReduceMean(axes: [-1, 2]), $1) },
    FloatCase("ReduceMean to a matrix", ["ReduceMean", "Gemm"]) { net, x in
      let axes = net.graph.addConstant("axes", Tensor(vector: [2, 3] as [Int64]))
      return net.add(Gemm(), net.add(ReduceMean(keepsAxes: false), x, axes), try net.weights([21, 5]))
    },
    FloatCase("ReduceMean of the channels", ["ReduceMean"], isLowered: false) { $0.add(ReduceMean(axes: [1]), $1) },
  ]

  static let elementwise = [
    FloatCase("Relu", ["ReLU"]) { $0.add(Relu(), $1) },
    FloatCase("Relu of three axes", ["ReLU"], on: [2, 3, 5]) { $0.add(Relu(), $1) },
    FloatCase("Clip", ["Clip"], on: [4, 30]) { $0.add(Clip(lower: -0.5, upper: 0.25), $1) },
    FloatCase("Clip whose bounds cross", ["Clip"], isLowered: false) { $0.add(Clip(lower: 0.5, upper: 0.25), $1) },
    FloatCase("LRN", ["LRN"]) { $0.add(LRN(size: 5, alpha: 0.1, beta: 0.75, bias: 1.5), $1) },
    FloatCase("LRN of an even size", ["LRN"]) { $0.add(LRN(size: 4, alpha: 2, beta: 0.5), $1) },
    FloatCase("LRN over more channels than there are", ["LRN"], on: [1, 3, 4, 5]) {
      $0.add(LRN(size: 9, alpha: 1, beta: 0.6), $1)
    },
    FloatCase("BatchNormalization", ["BatchNormalization+ReLU"]) { net, x in
      let (scale, bias) = (try net.weights([21]), try net.weights([21]))
      let (mean, variance) = (try net.weights([21]), try net.weights([21], in: 0.5...2))
      return net.add(Relu(), net.add(BatchNormalization(), x, scale, bias, mean, variance))
    },
    FloatCase("BatchNormalization before a pointwise layer", ["BatchNormalization+ReLU+Conv"]) { net, x in
      try net.conv(net.add(Relu(), net.batchNormalization(x)), 19, kernel: [1, 1], quantized: false)
    },
    FloatCase("pointwise layer with a residual", ["BatchNormalization+Conv+Add"]) { net, x in
      net.add(Add(), try net.conv(net.batchNormalization(x), 21, kernel: [1, 1], quantized: false), x)
    },
    FloatCase("BatchNormalization read twice", ["BatchNormalization", "Conv", "Conv+Add"]) { net, x in
      let y = try net.batchNormalization(x)
      let first = try net.conv(y, 9, kernel: [1, 1], quantized: false)
      return net.add(Add(), first, try net.conv(y, 9, kernel: [1, 1], quantized: false))
    },
    FloatCase("many strips", ["BatchNormalization+Conv"], on: [1, 300, 23, 29]) { net, x in
      try net.conv(net.batchNormalization(x), 33, kernel: [1, 1], quantized: false)
    },
    FloatCase("scale and shift of channels", ["Mul", "Add+ReLU"]) { net, x in
      let scaled = net.add(Mul(), try net.weights([21, 1, 1]), x)
      return net.add(Relu(), net.add(Add(), scaled, try net.weights([1, 21, 1, 1])))
    },
    FloatCase("means and deviations of channels", ["Sub", "Div+ReLU"]) { net, x in
      let centred = net.add(Sub(), x, try net.weights([21, 1, 1]))
      return net.add(Relu(), net.add(Div(), centred, try net.weights([1, 21, 1, 1], in: 0.5...2)))
    },
    FloatCase("subtracted from a number", ["Sub"]) { net, x in net.add(Sub(), try net.weights([1]), x) },
    FloatCase("a number divided", ["Add", "Div"], isLowered: false) { net, x in
      net.add(Div(), try net.weights([1]), net.add(Add(), x, try net.weights([1], in: 3...4)))
    },
    FloatCase("one number for all", ["Mul", "Add"]) { net, x in
      net.add(Add(), net.add(Mul(), x, try net.weights([1])), try net.weights([1, 1, 1, 1]))
    },
    FloatCase("one number a column", ["Mul"], on: [2, 7, 5, 7]) { net, x in
      net.add(Mul(), x, try net.weights([7]))
    },
    FloatCase("product of two values", ["ReLU", "Mul"]) { $0.add(Mul(), $1, $0.add(Relu(), $1)) },
    FloatCase("sum of three axes", ["ReLU", "Add"], on: [2, 3, 5]) { $0.add(Add(), $1, $0.add(Relu(), $1)) },
    FloatCase("sum with itself", ["Sum"]) { $0.add(Sum(), $1, $1) },
    FloatCase("sum of three", ["Sum"], isLowered: false) { $0.add(Sum(), $1, $1, $1) },
    FloatCase("gates", ["GlobalAveragePool", "Mul"]) { $0.add(Mul(), $1, $0.add(GlobalAveragePool(), $1)) },
    FloatCase("gates of many channels", ["GlobalAveragePool", "Mul+ReLU"], on: [2, 300, 3, 5]) {
      $0.add(Mul(activation: .relu), $0.add(GlobalAveragePool(), $1), $1)
    },
    FloatCase("Sigmoid", ["Sigmoid"]) { $0.add(Sigmoid(), $1) },
    FloatCase("Tanh of three axes", ["Tanh"], on: [2, 3, 5]) { $0.add(Tanh(), $1) },
    FloatCase("HardSwish", ["HardSwish"], on: [4, 30]) { $0.add(HardSwish(), $1) },
    FloatCase("HardSigmoid", ["HardSigmoid"]) { $0.add(HardSigmoid(alpha: 0.7, beta: 0.3), $1) },
    FloatCase("LeakyRelu", ["LeakyRelu"]) { $0.add(LeakyRelu(alpha: 0.3), $1) },
    FloatCase("Elu", ["Elu"]) { $0.add(Elu(alpha: 0.8), $1) },
    FloatCase("SiLU", ["Sigmoid", "Mul"]) { $0.add(Mul(), $1, $0.add(Sigmoid(), $1)) },
    FloatCase("between layers, by reference", ["Conv", "Softmax", "Conv"], isLowered: false) { net, x in
      try net.conv(net.add(Softmax(axis: 1), net.conv(x, 9, quantized: false)), 5, quantized: false)
    },
  ]

  static let shapes = [
    FloatCase("Concat", ["ReLU", "Concat"]) { $0.add(Concat(axis: 1), $1, $0.add(Relu(), $1), $1) },
    FloatCase("Concat with a constant", ["Concat"]) { net, x in
      net.add(Concat(axis: -3), try net.weights([2, 3, 13, 17]), x)
    },
    FloatCase("Concat of rows", ["Concat"]) { $0.add(Concat(axis: 2), $1, $1) },
    FloatCase("Softmax", ["Softmax"], on: [7, 1001]) { $0.add(Softmax(), $1) },
    FloatCase("Softmax of one pixel", ["Softmax"], on: [3, 101, 1, 1]) { $0.add(Softmax(axis: 1), $1) },
    FloatCase("Softmax of many axes together", ["Softmax"]) { $0.add(Softmax(axis: 1, flattens: true), $1) },
    FloatCase("Softmax of each pixel", ["Softmax"], isLowered: false) { $0.add(Softmax(axis: 1), $1) },
    FloatCase("Softmax of each pixel, channels last", ["Transpose", "Softmax"]) { net, x in
      net.add(Softmax(axis: -1), net.add(Transpose(permutation: [0, 2, 3, 1]), x))
    },
    FloatCase("shuffled channels", ["Reorder, Conv", "ChannelShuffle", "DepthwiseConv"], on: [2, 6, 7, 9]) { net, x in
      let split = net.graph.addConstant("split", Tensor(vector: [2, 3, 4, 7, 9] as [Int64]))
      let joined = net.graph.addConstant("joined", Tensor(vector: [2, -1, 7, 9] as [Int64]))
      let y = net.add(Reshape(), try net.conv(x, 12, quantized: false), split)
      let shuffled = net.add(Transpose(permutation: [0, 2, 1, 3, 4]), y)
      return try net.depthwise(net.add(Reshape(), shuffled, joined), quantized: false)
    },
    FloatCase("axes exchanged otherwise", ["Transpose"], on: [2, 6, 7, 9]) { net, x in
      let split = net.graph.addConstant("split", Tensor(vector: [2, 3, 2, 7, 9] as [Int64]))
      let joined = net.graph.addConstant("joined", Tensor(vector: [2, -1, 9, 7] as [Int64]))
      let turned = net.add(Transpose(permutation: [0, 2, 1, 4, 3]), net.add(Reshape(), x, split))
      return net.add(Reshape(), turned, joined)
    },
    FloatCase("parts computed in their place", ["Conv", "MaxPool", "ReLU", "Conv"], on: [2, 5, 8, 7]) { net, x in
      let first = try net.conv(x, 7, quantized: false)
      let second = net.add(MaxPool(window: .init(kernel: [3, 3], pads: [1, 1, 1, 1])), x)
      let joined = net.add(Concat(axis: 1), first, second, net.add(Relu(), first))
      return try net.conv(joined, 6, quantized: false)
    },
    FloatCase("a dense block", ["Conv", "Conv", "BatchNormalization", "Conv+Add"], on: [2, 5, 8, 7]) { net, x in
      let first = net.add(Concat(axis: 1), x, try net.conv(x, 3, quantized: false))
      let second = net.add(Concat(axis: 1), first, try net.conv(first, 3, quantized: false))
      let (scale, bias) = (try net.weights([11]), try net.weights([11]))
      let (mean, variance) = (try net.weights([11]), try net.weights([11], in: 0.5...2))
      let scaled = net.add(BatchNormalization(), second, scale, bias, mean, variance)
      return net.add(Add(), try net.conv(scaled, 11, quantized: false), net.add(Concat(axis: 1), second))
    },
    FloatCase("what is joined is read otherwise", ["Conv", "Add", "LRN", "LRN"]) { net, x in
      let y = try net.conv(x, 21, quantized: false)
      let sum = net.add(Add(), net.add(Concat(axis: 1), y), y)
      return net.add(Concat(axis: 1), net.add(LRN(size: 5), y), net.add(LRN(size: 3), sum))
    },
    FloatCase("one pixel joined", ["Reorder, Conv", "GlobalAveragePool", "Conv", "Gemm+Add"], on: [3, 8, 5, 5]) {
      net, x in
      let pooled = net.add(GlobalAveragePool(), try net.conv(x, 6, quantized: false))
      let part = try net.conv(pooled, 5, quantized: false)
      let joined = net.add(Flatten(), net.add(Concat(axis: 1), part, pooled))
      return net.add(Add(), net.add(Gemm(), net.add(Flatten(), part), try net.weights([5, 11])), joined)
    },
    FloatCase("parts of channels", ["Conv", "DepthwiseConv", "ReLU", "Concat"], on: [2, 20, 6, 7]) { net, x in
      let sizes = net.graph.addConstant("sizes", Tensor(vector: [5, 8, 7] as [Int64]))
      let parts = net.graph.append(Split(axis: 1), name: "split", inputs: [x, sizes], outputNames: ["a", "b", "c"])
      let first = try net.conv(parts[0], 6, quantized: false)
      let second = try net.depthwise(parts[1], quantized: false)
      return net.add(Concat(axis: 1), net.add(Relu(), parts[2]), second, first, parts[0])
    },
    FloatCase("a slice of channels", ["Conv"], on: [2, 20, 6, 7]) { net, x in
      try net.conv(net.add(Slice(starts: [3], ends: [-4], axes: [1]), x), 6, quantized: false)
    },
    FloatCase("a slice of rows", ["Slice"], on: [2, 20, 6, 7]) { net, x in
      net.add(Slice(starts: [3], ends: [-1], axes: [2]), x)
    },
    FloatCase("every second number backwards", ["Slice", "ReLU"], on: [3, 5, 8]) { net, x in
      let numbers = [[-1, 0], [-9, 4], [2, 1], [-2, 2]].map {
        net.graph.addConstant("n", Tensor(vector: $0 as [Int64]))
      }
      return net.add(Relu(), net.add(Slice(), x, numbers[0], numbers[1], numbers[2], numbers[3]))
    },
    FloatCase("parts of rows", ["Split", "Split", "Concat"], on: [2, 7, 5]) { net, x in
      let sizes = net.graph.addConstant("sizes", Tensor(vector: [2, 3] as [Int64]))
      let parts = net.graph.append(Split(axis: -1), name: "split", inputs: [x, sizes], outputNames: ["a", "b"])
      return net.add(Concat(axis: 2), parts[1], parts[0], parts[1])
    },
    FloatCase("rows joined", ["ReLU", "Concat"], on: [2, 7, 5]) { net, x in
      net.add(Concat(axis: 1), x, net.add(Relu(), x), try net.weights([2, 1, 5]))
    },
    FloatCase(
      "boxes decoded", ["Split", "Split", "Mul", "Add", "Mul", "Exp", "Mul", "Sub", "Add", "Concat"], on: [3, 9, 4]
    ) {
      net, x in
      let parts = net.graph.append(Split(axis: 2), name: "split", inputs: [x], outputNames: ["a", "b"])
      let (centres, sizes) = (try net.weights([1, 9, 2]), try net.weights([1, 9, 2]))
      let centre = net.add(Add(), net.add(Mul(), parts[0], sizes), centres)
      let half = net.add(Mul(), sizes, net.add(Exp(), net.add(Mul(), parts[1], net.constant(Float(0.2)))))
      return net.add(Concat(axis: -1), net.add(Sub(), centre, half), net.add(Add(), centre, half))
    },
    FloatCase("constants for every element", ["Sub", "Div", "Sub", "Mul+ReLU", "Exp", "Div"], on: [2, 3, 4, 5]) {
      net, x in
      let first = net.add(Sub(), try net.weights([3, 4, 5]), x)
      let second = net.add(Div(), first, try net.weights([1, 1, 4, 1], in: 1...2))
      let third = net.add(Sub(), second, try net.weights([4, 5]))
      return net.add(Div(), net.add(Mul(activation: .relu), try net.weights([5]), third), net.add(Exp(), x))
    },
    FloatCase("Resize", ["Resize"], on: [2, 21, 5, 7]) { net, x in
      let scales = net.graph.addConstant("scales", Tensor(vector: [1, 1, 2, 3] as [Float]))
      return net.add(Resize(), x, nil, scales)
    },
    FloatCase("Resize to fewer pixels", ["Resize", "Resize"], on: [2, 5, 9, 7]) { net, x in
      let sizes = net.graph.addConstant("sizes", Tensor(vector: [2, 5, 4, 10] as [Int64]))
      let again = net.graph.addConstant("sizes", Tensor(vector: [2, 5, 1, 3] as [Int64]))
      let y = net.add(Resize(mode: .linear, coordinates: .alignCorners), x, nil, nil, sizes)
      return net.add(Resize(coordinates: .asymmetric, nearest: .floor), y, nil, nil, again)
    },
    FloatCase("Resize between pixels", ["Resize"], on: [2, 21, 5, 7]) { net, x in
      let scales = net.graph.addConstant("scales", Tensor(vector: [2, 1.7] as [Float]))
      return net.add(Resize(mode: .linear, axes: [2, 3]), x, nil, scales)
    },
    FloatCase("Resize by cubics", ["Resize"], on: [1, 3, 5, 7], isLowered: false) { net, x in
      let scales = net.graph.addConstant("scales", Tensor(vector: [1, 1, 2, 2] as [Float]))
      return net.add(Resize(mode: .cubic), x, nil, scales)
    },
    FloatCase("Resize of the channels", ["Resize"], on: [1, 3, 5, 7], isLowered: false) { net, x in
      let scales = net.graph.addConstant("scales", Tensor(vector: [1, 2, 1, 1] as [Float]))
      return net.add(Resize(), x, nil, scales)
    },
    FloatCase("DepthToSpace", ["DepthToSpace", "DepthToSpace"], on: [2, 72, 5, 4]) { net, x in
      net.add(DepthToSpace(blockSize: 2, mode: .columnRowDepth), net.add(DepthToSpace(blockSize: 3), x))
    },
    FloatCase("views", ["GlobalAveragePool", "MatMul"]) { net, x in
      let pooled = net.add(Identity(), net.add(GlobalAveragePool(), net.add(Dropout(), x)))
      let flat = net.add(Flatten(), net.add(Unsqueeze(axes: [2]), net.add(Squeeze(axes: [-1]), pooled)))
      return net.add(MatMul(), flat, try net.weights([21, 4]))
    },
    FloatCase("Flatten of many pixels", ["Reorder, Conv", "Gemm"], on: [3, 5, 4, 6]) { net, x in
      let flat = net.add(Flatten(), try net.conv(x, 7, quantized: false))
      return net.add(Gemm(), flat, try net.weights([168, 11]))
    },
    FloatCase("axes added", ["Conv"], on: [3, 20]) { net, x in
      try net.conv(net.add(Unsqueeze(axes: [2, 3]), x), 9, quantized: false)
    },
    FloatCase("nothing but the input", []) { $1 },
    FloatCase("a constant", []) { net, _ in try net.weights([2, 3]) },
  ]
}

extension Add {
  init(activation: Activation) {
    self.init()
    self.activation = activation
  }
}

extension Mul {
  init(activation: Activation) {
    self.init()
    self.activation = activation
  }
}
