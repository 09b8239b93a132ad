import type { Pair, Style } from '../vocabulary/parse.js';

const lines = (text: string): Pair[] =>
  text
    .trim()
    .split('\n')
    .map((line) => {
      const [zh = '', en = ''] = line.split(' = ').map((side) => side.trim());
      return { zh, en };
    });

/**
 * Statements about two parts of an invention, `{a}` and `{b}`. In Chinese without the closing stop; in English
 * written so that they follow “wherein”.
 */
export const RELATIONS: Readonly<Record<Style, readonly Pair[]>> = {
  device: lines(`
所述{a}固定安装于所述{b}的一侧 = the {a} is fixed to one side of the {b}
所述{a}与所述{b}通过螺栓可拆卸连接 = the {a} is detachably bolted to the {b}
所述{a}设置在所述{b}的下方，两者之间留有{n}mm的间隙 = the {a} lies below the {b}, with a gap of {n} mm between the two
所述{b}的外壁设有环形槽，所述{a}的端部嵌设于该环形槽内 = an annular groove runs around the {b}, and an end of the {a} sits in the groove
所述{a}与所述{b}之间设有厚度为{n}mm的弹性垫片 = an elastic washer {n} mm thick lies between the {a} and the {b}
所述{a}可相对所述{b}在0°至{m}°的范围内转动 = the {a} can turn through 0° to {m}° with respect to the {b}
所述{a}沿所述{b}的长度方向可滑动设置，行程为{m}mm = the {a} can slide along the {b} over a travel of {m} mm
所述{b}上设有与所述{a}相配合的限位凸起 = the {b} carries a stop projection that fits the {a}
所述{a}至少设有{n}个，并沿所述{b}的周向均匀分布 = at least {n} units of the {a} are spread evenly around the {b}
所述{a}由不锈钢制成，其表面设有耐磨层 = the {a} is made of stainless steel and has a wear-resistant surface layer
所述{a}通过快拆接头与所述{b}相连 = the {a} is joined to the {b} by a quick-release coupling
`),
  circuit: lines(`
所述{a}与所述{b}相连接 = the {a} is connected to the {b}
所述{a}设置于所述{b}的一侧 = the {a} is arranged on one side of the {b}
所述{a}与所述{b}沿同一轴线布置 = the {a} and the {b} lie on one axis
所述{a}在所述{b}上的投影与所述{b}至少部分重叠 = the projection of the {a} onto the {b} at least partly overlaps the {b}
所述{a}的厚度为{n}μm至{m}μm = the {a} is from {n} μm to {m} μm thick
所述{a}与所述{b}之间的距离不大于{n}mm = the distance between the {a} and the {b} is at most {n} mm
所述{a}与所述{b}之间填充有绝缘胶 = an insulating adhesive fills the space between the {a} and the {b}
所述{a}的工作温度由所述{b}附近的热敏电阻监测 = a thermistor near the {b} monitors the working temperature of the {a}
所述{a}采用对称布局，所述{b}位于其对称中心 = the {a} has a symmetrical layout with the {b} at its centre
所述{a}的边缘设有接地屏蔽环 = an earthed shielding ring runs around the edge of the {a}
所述{a}与所述{b}集成于同一载板 = the {a} and the {b} are integrated on one carrier
`),
  software: lines(`
所述{a}将处理结果传送至所述{b} = the {a} passes its result to the {b}
所述{a}按照{n}秒的预设周期调用所述{b} = the {a} calls the {b} at preset intervals of {n} seconds
当置信度低于{share}时，所述{a}触发所述{b} = the {a} triggers the {b} when confidence falls below {share}
所述{a}部署于边缘节点，所述{b}部署于云端服务器 = the {a} runs on an edge node and the {b} on a cloud server
所述{a}与所述{b}之间采用加密通道传输数据 = data travel between the {a} and the {b} over an encrypted channel
所述{a}对最近{m}个样本进行滑动窗口统计 = the {a} keeps statistics over a sliding window of the last {m} samples
所述{b}的参数依据所述{a}的输出在线更新 = the parameters of the {b} are updated on line from the output of the {a}
所述{a}记录每次调用的输入摘要和时间戳 = the {a} records a digest of the input and a time stamp for each call
所述{a}将异常数据剔除后再送入所述{b} = the {a} removes abnormal data before passing the rest to the {b}
所述{a}包括{n}个并行的工作线程 = the {a} comprises {n} parallel worker threads
所述{a}的失败重试次数不超过{n}次 = the {a} retries a failed call at most {n} times
`),
  composition: lines(`
所述{a}与所述{b}的质量比为{ratio} = the mass ratio of {a} to {b} is {ratio}
所述{a}的平均粒径为{n}μm至{m}μm = the mean particle size of the {a} is from {n} μm to {m} μm
所述{a}先与所述{b}预混，再加入其余组分 = the {a} is premixed with the {b} before the other ingredients are added
所述{a}的纯度不低于99.{digit}% = the {a} has a purity of at least 99.{digit} %
所述{a}经{dry}℃干燥后使用 = the {a} is dried at {dry} °C before use
所述{a}的含水量低于0.{digit}% = the {a} has a moisture content below 0.{digit} %
所述{a}均匀分布于所述{b}的表面 = the {a} is evenly spread over the surface of the {b}
所述{a}分{digit}批加入 = the {a} is added in {digit} portions
所述{a}预先在{dry}℃下处理{digit}小时 = the {a} is treated at {dry} °C for {digit} hours beforehand
所述{a}的加入速度为每分钟{n}g = the {a} is added at {n} g per minute
`),
};

/** The steps of a method, in order; in English as gerunds. */
export const STEPS: Readonly<Record<Style, readonly Pair[]>> = {
  device: lines(`
将所述{a}安装到位，并检查所述{b}的初始位置 = putting the {a} in place and checking the initial position of the {b}
启动设备，使所述{a}在设定参数下运行{n}分钟 = starting the device and running it for {n} minutes at the set values of the {a}
根据检测到的状态调整所述{b} = adjusting the {b} according to the state detected
完成作业后使所述{a}复位，并记录运行数据 = returning the {a} to its starting position and recording the operating data
`),
  circuit: lines(`
提供所述{a}，并对其表面进行清洁 = providing the {a} and cleaning its surface
在预定位置形成或安装所述{b} = forming or mounting the {b} at a predetermined position
施加测试信号，测量所述{a}的响应 = applying a test signal and measuring the response of the {a}
当响应偏离设定值超过{n}%时，调整所述{b} = adjusting the {b} when the response departs from the set value by more than {n} %
`),
  software: lines(`
获取待处理数据，并由所述{a}进行清洗和对齐 = obtaining the data to be processed and letting the {a} clean and align them
从清洗后的数据中提取特征向量 = extracting feature vectors from the cleaned data
将所述特征向量输入训练好的模型，得到置信度 = feeding the feature vectors to a trained model to obtain a confidence value
当所述置信度大于{share}时，由所述{b}输出结果 = letting the {b} output the result when the confidence value exceeds {share}
`),
  composition: lines(`
按配比称取各组分 = weighing the ingredients in their proportions
将所述{a}与所述{b}混合，以{rpm}r/min搅拌{m}min = mixing the {a} with the {b} and stirring at {rpm} r/min for {m} min
升温至{low}℃至{high}℃，保温{n}h = heating to {low} °C to {high} °C and holding for {n} h
冷却至室温，经后处理得到成品 = cooling to room temperature and finishing the product
`),
};

/** What the method of a second claim is called. */
export const METHODS: Readonly<Record<Style, Pair>> = {
  device: { zh: '使用方法', en: 'method of using' },
  circuit: { zh: '制作与测试方法', en: 'method of making and testing' },
  software: { zh: '数据处理方法', en: 'data processing method carried out by' },
  composition: { zh: '制备方法', en: 'method of preparing' },
};
