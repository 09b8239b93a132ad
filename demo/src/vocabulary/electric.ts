/** Topics of sections G and H: measuring, optics, computing, power, batteries, semiconductors, communication. */
export const ELECTRIC = `
# measurement | circuit | 测量与检测=measurement and testing | 44
mods: 非接触=non-contact; 在线=on-line; 高灵敏=highly sensitive; 便携式=portable; 多参数=multi-parameter
parts: 传感探头=sensing probe; 信号调理电路=signal conditioning circuit; 模数转换器=analogue-to-digital converter; 微处理器=microprocessor; 光源=light source; 光电探测器=photodetector; 标定模块=calibration module; 无线传输模块=wireless transmission module; 显示单元=display unit
effects: 提高了测量精度=measurement accuracy is improved; 抗干扰能力强=resistance to interference is strong; 实现了在线检测=on-line detection is achieved; 响应速度快=response is fast
problems: 现有方法受环境温度影响大=known methods are strongly affected by ambient temperature; 离线检测耗时长=off-line testing takes long
G01N 16 | 21/25 21/64 21/88 27/26 30/02 33/53 3/08 29/04 | 气体传感器=gas sensor; 荧光检测仪=fluorescence detector; 表面缺陷检测装置=surface defect detector; 水质分析仪=water quality analyser | 流通池=flow cell; 敏感膜=sensitive film; 线阵相机=line-scan camera
G01R 6 | 19/00 31/12 31/28 31/367 31/392 33/07 | 电池健康估计装置=battery health estimator; 局部放电检测仪=partial discharge detector; 芯片测试座=chip test socket | 采样电阻=sampling resistor; 探针卡=probe card
G01B 4 | 11/00 11/24 5/00 21/04 | 三维扫描仪=three-dimensional scanner; 激光位移计=laser displacement meter; 轮廓测量仪=profile measuring instrument | 激光器=laser; 光栅尺=grating scale
G01C 3 | 21/34 21/16 15/00 25/00 | 惯性导航装置=inertial navigation device; 路径导航系统=route guidance system; 水准仪=levelling instrument | 陀螺仪=gyroscope; 加速度计=accelerometer
G01D 2 | 5/14 5/26 21/02 | 磁编码器=magnetic encoder; 光纤传感系统=fibre-optic sensing system; 环境监测节点=environmental monitoring node | 磁环=magnetic ring; 光纤光栅=fibre grating
G01L 2 | 1/22 5/00 9/12 | 柔性压力传感器=flexible pressure sensor; 扭矩测量装置=torque measuring device; 电容式压力计=capacitive pressure gauge | 应变片=strain gauge; 弹性膜片=elastic diaphragm
G01M 4 | 3/02 13/045 17/007 99/00 | 轴承故障诊断系统=bearing fault diagnosis system; 气密性检测仪=leak tester; 整车试验台=vehicle test bench | 加速度传感器=acceleration sensor; 密封夹具=sealing fixture
G01S 6 | 7/48 13/88 17/08 17/89 19/42 5/02 | 激光雷达=lidar; 毫米波雷达装置=millimetre-wave radar device; 室内定位系统=indoor positioning system | 扫描振镜=scanning mirror; 接收阵列=receiving array
G01V 2 | 1/30 3/08 8/10 | 地震勘探仪=seismic prospecting instrument; 地下管线探测仪=underground pipe locator; 人体感应装置=human presence detector | 检波器=geophone; 线圈阵列=coil array
G01F 2 | 1/66 23/284 1/58 | 超声流量计=ultrasonic flow meter; 雷达液位计=radar level gauge; 电磁流量计=electromagnetic flow meter | 超声换能器=ultrasonic transducer; 励磁线圈=excitation coil
G01J 1 | 3/28 5/00 1/42 | 光谱仪=spectrometer; 红外测温仪=infrared thermometer; 照度计=illuminance meter | 衍射光栅=diffraction grating; 红外焦平面=infrared focal plane

# optics | circuit | 光学与显示=optics and displays | 30
mods: 超薄=ultra-thin; 高亮度=high-brightness; 广角=wide-angle; 柔性=flexible; 低功耗=low-power
parts: 基板=substrate; 支架=holder; 遮光片=light shield; 反射镜=mirror; 滤光片=optical filter; 封装层=encapsulation layer; 驱动芯片=driver chip; 控制电路板=control circuit board; 光学胶层=optical adhesive layer
effects: 画面清晰=pictures are sharp; 提高了光利用率=light is used better; 减小了整体厚度=overall thickness is reduced; 亮度均匀=brightness is even
problems: 现有器件边缘失真大=known devices distort strongly at the edge; 现有结构弯折处容易失效=known structures easily fail where they bend
G02B 10 | 6/42 13/00 13/18 27/01 5/30 7/02 | 光学镜头=optical lens; 增强现实显示装置=augmented reality display device; 光波导=optical waveguide; 光模块=optical module | 非球面透镜=aspherical lens; 耦合光栅=coupling grating; 音圈马达=voice coil motor
G02F 6 | 1/133 1/1335 1/1343 1/1337 1/035 | 液晶显示面板=liquid crystal panel; 背光模组=backlight module; 电光调制器=electro-optic modulator | 液晶层=liquid crystal layer; 导光板=light guide plate
G03B 3 | 17/12 21/14 15/05 30/00 | 投影机=projector; 摄像模组=camera module; 补光装置=fill-light device | 数字微镜=digital micromirror; 镜头支架=lens holder
G03F 3 | 7/004 7/20 7/16 9/00 | 光刻装置=lithography apparatus; 掩模台=mask stage; 涂胶显影机=coater-developer | 投影物镜=projection objective; 工件台=wafer stage
G09F 2 | 9/30 9/33 13/00 | 折叠显示屏=foldable display; 拼接显示单元=tiled display unit; 电子价签=electronic price tag | 铰链=hinge; 灯板=lamp board
G09G 4 | 3/20 3/3208 3/36 5/10 | 显示驱动电路=display drive circuit; 像素补偿电路=pixel compensation circuit; 亮度调节装置=brightness adjusting device | 移位寄存器=shift register; 存储电容=storage capacitor
H10K 5 | 50/11 50/844 59/12 71/00 59/35 | 有机发光器件=organic light-emitting device; 柔性显示面板=flexible display panel; 钙钛矿太阳能电池=perovskite solar cell | 空穴传输层=hole transport layer; 阴极=cathode
H04N 6 | 5/262 7/18 19/105 23/60 25/70 21/44 | 视频编码器=video encoder; 监控摄像机=surveillance camera; 图像传感器=image sensor | 像素阵列=pixel array; 编码核=coding core
H05B 3 | 45/10 47/105 6/06 47/19 | 调光电路=dimming circuit; 感应加热装置=induction heater; 智能照明控制器=smart lighting controller | 恒流源=constant current source; 谐振线圈=resonant coil

# computing | software | 计算机与智能系统=computing and intelligent systems | 84
mods: 基于深度学习的=deep-learning-based; 分布式=distributed; 可解释=explainable; 实时=real-time; 隐私保护=privacy-preserving
parts: 数据采集模块=data acquisition module; 预处理模块=preprocessing module; 特征提取模块=feature extraction module; 模型训练模块=model training module; 判别模块=decision module; 存储模块=storage module; 任务调度模块=task scheduling module; 交互界面=user interface; 告警模块=alarm module
effects: 提高了识别准确率=recognition accuracy is improved; 缩短了响应时间=response time is shortened; 降低了计算开销=computing cost is reduced; 减少了人工干预=less human intervention is needed
problems: 现有方法在小样本条件下准确率低=known methods are inaccurate with few samples; 数据量大时处理延迟高=latency is high with large volumes of data
G06F 16 | 3/01 9/48 11/07 16/245 21/62 30/20 40/30 18/24 | 数据库查询装置=database query device; 任务调度装置=task scheduling device; 文本检索系统=text retrieval system; 数据脱敏装置=data masking device | 索引模块=index module; 缓存模块=cache module; 日志模块=log module
G06N 8 | 3/04 3/08 20/00 5/04 10/00 | 神经网络训练装置=neural network training device; 联邦学习系统=federated learning system; 知识推理装置=knowledge reasoning device | 注意力模块=attention module; 梯度聚合模块=gradient aggregation module; 剪枝模块=pruning module
G06Q 12 | 10/04 10/06 20/32 30/02 40/02 50/06 50/26 | 供应链管理系统=supply chain management system; 风险评估系统=risk assessment system; 移动支付装置=mobile payment device; 碳排放核算系统=carbon accounting system | 预测模块=forecasting module; 结算模块=settlement module; 信用评分模块=credit scoring module
G06T 9 | 5/00 7/00 7/10 15/00 17/00 | 图像增强装置=image enhancement device; 三维重建系统=three-dimensional reconstruction system; 图像分割装置=image segmentation device | 点云配准模块=point cloud registration module; 分割网络=segmentation network
G06V 7 | 10/25 10/82 20/40 20/56 40/16 | 目标检测系统=object detection system; 人脸识别装置=face recognition device; 视频分析系统=video analysis system | 候选框生成模块=region proposal module; 跟踪模块=tracking module
G06K 2 | 7/10 17/00 19/077 | 射频标签=radio-frequency tag; 条码识读装置=barcode reader; 电子标签管理系统=electronic tag management system | 读写模块=read-write module; 解码模块=decoding module
G05B 6 | 13/04 19/418 19/042 23/02 | 工业控制系统=industrial control system; 产线监控系统=production line monitoring system; 数字孪生系统=digital twin system | 仿真模块=simulation module; 控制指令模块=control command module
G05D 5 | 1/02 1/10 23/19 1/43 | 移动机器人导航系统=mobile robot navigation system; 无人机编队控制装置=drone formation control device; 温室温度调节系统=greenhouse temperature control system | 建图模块=mapping module; 路径规划模块=path planning module
G07C 2 | 5/08 9/00 3/00 | 门禁系统=access control system; 车辆数据记录装置=vehicle data recorder; 设备巡检系统=equipment inspection system | 身份核验模块=identity verification module; 开锁模块=unlocking module
G08B 3 | 13/196 17/00 21/02 25/10 | 火灾预警系统=fire early-warning system; 跌倒报警装置=fall alarm device; 周界安防系统=perimeter security system | 烟雾识别模块=smoke recognition module; 报警联动模块=alarm linkage module
G08G 5 | 1/01 1/07 1/0967 1/16 5/00 | 交通信号控制系统=traffic signal control system; 车路协同系统=vehicle-road cooperation system; 停车诱导系统=parking guidance system | 流量预测模块=flow prediction module; 信号配时模块=signal timing module
G09B 2 | 5/06 9/00 19/00 | 在线教学系统=online teaching system; 手术模拟训练系统=surgical training simulator; 实验教学装置=laboratory teaching device | 课程推荐模块=course recommendation module; 评分模块=grading module
G10L 4 | 13/02 15/16 15/22 21/02 25/51 | 语音识别系统=speech recognition system; 语音合成装置=speech synthesis device; 降噪装置=noise reduction device | 声学模型=acoustic model; 唤醒模块=wake-up module
G16H 5 | 10/60 15/00 30/20 50/20 50/30 | 辅助诊断系统=diagnosis support system; 电子病历系统=electronic medical record system; 慢病管理系统=chronic disease management system | 影像读取模块=image reading module; 随访模块=follow-up module
G16Y 1 | 10/40 20/20 40/10 | 物联网监测平台=Internet of Things monitoring platform; 设备接入系统=device access system; 智慧园区平台=smart park platform | 协议转换模块=protocol conversion module; 设备影子模块=device shadow module
H04L 13 | 9/08 9/32 12/28 41/06 43/08 67/12 45/00 | 密钥管理系统=key management system; 区块链存证系统=blockchain evidence system; 网络故障定位装置=network fault locating device; 边缘计算网关=edge computing gateway | 加密模块=encryption module; 共识模块=consensus module; 路由模块=routing module
H04W 11 | 4/02 16/28 24/02 28/02 52/02 72/04 74/08 | 无线接入系统=wireless access system; 波束管理装置=beam management device; 资源分配系统=resource allocation system | 信道估计模块=channel estimation module; 功率控制模块=power control module; 切换判决模块=handover decision module

# power | circuit | 电力与电气=electric power | 54
mods: 高压=high-voltage; 宽输入=wide-input; 双向=bidirectional; 低损耗=low-loss; 智能=smart
parts: 开关管=switching transistor; 滤波电容=filter capacitor; 电感=inductor; 采样电路=sampling circuit; 驱动电路=drive circuit; 散热片=heat sink; 断路器=circuit breaker; 绝缘件=insulating part; 接线端子=terminal
effects: 提高了转换效率=conversion efficiency is improved; 降低了电磁干扰=electromagnetic interference is reduced; 散热性能好=heat dissipation is good; 供电可靠=power supply is reliable
problems: 现有电路开关损耗大=the switching loss of known circuits is high; 接头温升过高=joints heat up too much
H01B 4 | 7/02 7/18 13/00 17/00 1/02 | 高压电缆=high-voltage cable; 耐火电缆=fire-resistant cable; 绝缘子=insulator | 导体芯=conductor core; 铠装层=armour layer
H01F 4 | 27/24 27/28 38/14 41/00 | 平面变压器=planar transformer; 无线充电线圈=wireless charging coil; 电抗器=reactor | 磁芯=magnetic core; 绕组=winding
H01H 4 | 33/66 50/54 71/10 13/14 | 真空断路器=vacuum circuit breaker; 直流接触器=direct-current contactor; 按键开关=key switch | 动触头=moving contact; 灭弧室=arc chamber
H01R 6 | 12/71 13/40 13/52 13/639 43/00 | 连接器=connector; 防水接插件=waterproof plug connector; 板对板连接器=board-to-board connector | 端子=contact; 屏蔽壳=shield shell; 锁扣=latch
H02B 4 | 1/20 1/30 1/56 13/035 | 配电柜=power distribution cabinet; 环网柜=ring main unit; 气体绝缘开关柜=gas-insulated switchgear | 母线=busbar; 柜门=cabinet door
H02G 3 | 1/02 3/04 7/16 15/00 | 带电作业机器人=live-line working robot; 电缆桥架=cable tray; 融冰装置=de-icing device | 行走夹爪=walking gripper; 电缆夹=cable clamp
H02H 2 | 3/08 7/18 9/04 | 过流保护电路=overcurrent protection circuit; 浪涌保护器=surge protector; 电池保护板=battery protection board | 压敏电阻=varistor; 比较器=comparator
H02J 12 | 3/32 3/38 7/00 7/35 13/00 50/10 | 储能系统=energy storage system; 微电网=microgrid; 光储充一体站=solar storage and charging station; 无线充电装置=wireless charging device | 储能变流器=storage converter; 能量管理单元=energy management unit; 电池簇=battery cluster
H02K 8 | 1/27 3/28 5/20 9/19 15/02 21/14 | 永磁电机=permanent magnet motor; 轴向磁通电机=axial flux motor; 油冷电机=oil-cooled motor | 永磁体=permanent magnet; 定子铁芯=stator core; 扁线绕组=flat-wire winding
H02M 8 | 1/08 3/158 3/335 7/487 7/5387 | 直流变换器=DC converter; 三电平逆变器=three-level inverter; 谐振变换器=resonant converter | 变压器=transformer; 整流桥=rectifier bridge; 谐振电容=resonant capacitor
H02P 3 | 6/08 21/14 27/08 29/00 | 电机控制器=motor controller; 无传感器控制电路=sensorless control circuit; 伺服驱动器=servo drive | 电流环控制器=current loop controller; 旋转变压器=resolver
H02S 4 | 20/32 30/10 40/10 50/10 | 光伏支架=photovoltaic support; 光伏清洗机器人=photovoltaic cleaning robot; 光伏组件=photovoltaic module | 光伏板=photovoltaic panel; 跟踪轴=tracking shaft
H05K 8 | 1/02 1/18 3/34 5/02 7/20 13/04 | 印制电路板=printed circuit board; 机柜散热装置=cabinet cooling device; 贴片机=component placement machine; 柔性电路板=flexible circuit board | 焊盘=pad; 盲孔=blind via; 液冷板=liquid cooling plate

# battery | composition | 电池与储能材料=batteries and storage materials | 40
mods: 高能量密度=high-energy-density; 快充=fast-charging; 耐低温=low-temperature; 长循环=long-cycle; 高安全=high-safety
parts: 磷酸铁锂=lithium iron phosphate; 三元正极材料=ternary cathode material; 石墨=graphite; 硅碳复合物=silicon-carbon composite; 六氟磷酸锂=lithium hexafluorophosphate; 碳酸乙烯酯=ethylene carbonate; 聚偏氟乙烯=polyvinylidene fluoride; 导电炭黑=conductive carbon black; 碳纳米管=carbon nanotubes; 氟代碳酸乙烯酯=fluoroethylene carbonate
effects: 提高了循环稳定性=cycle stability is improved; 降低了界面阻抗=interface impedance is lowered; 抑制了锂枝晶生长=lithium dendrite growth is suppressed; 低温放电性能好=low-temperature discharge is good
problems: 现有电池在快充时容量衰减快=known batteries lose capacity quickly when charged fast; 负极体积膨胀大=the negative electrode swells strongly
H01M 34 | 4/13 4/36 4/38 4/525 4/62 10/0525 10/0562 10/0567 50/449 8/02 | 锂离子电池=lithium-ion battery; 固态电解质=solid electrolyte; 钠离子电池=sodium-ion battery; 负极材料=anode material; 复合隔膜=composite separator | 硫化物电解质粉=sulfide electrolyte powder; 聚乙烯基膜=polyethylene base film; 氧化铝涂层料=alumina coating material | Y02E 60/10
H01G 4 | 4/30 9/042 11/24 11/58 | 超级电容器=supercapacitor; 铝电解电容器=aluminium electrolytic capacitor; 多层陶瓷电容器=multilayer ceramic capacitor | 活性炭=activated carbon; 离子液体=ionic liquid; 钛酸钡=barium titanate | Y02E 60/13
C25D 2 | 3/38 5/12 11/02 17/00 | 电解铜箔=electrolytic copper foil; 微弧氧化层=micro-arc oxidation layer; 电镀液=electroplating solution | 硫酸铜=copper sulfate; 光亮剂=brightener

# semiconductor | circuit | 半导体=semiconductors | 36
mods: 高耐压=high-breakdown; 低导通电阻=low-on-resistance; 三维=three-dimensional; 宽禁带=wide-bandgap; 高集成=highly integrated
parts: 衬底=substrate; 外延层=epitaxial layer; 栅极=gate; 源极=source electrode; 漏极=drain electrode; 钝化层=passivation layer; 金属互连层=metal interconnect layer; 缓冲层=buffer layer; 介质层=dielectric layer
effects: 降低了漏电流=leakage current is reduced; 提高了击穿电压=breakdown voltage is raised; 改善了散热=heat dissipation is improved; 提高了良率=yield is improved
problems: 现有器件界面缺陷多=known devices have many interface defects; 封装热阻大=the thermal resistance of the package is high
H01L 14 | 21/02 21/67 21/683 23/31 23/367 25/065 | 芯片封装结构=chip package; 晶圆传输装置=wafer transfer device; 功率模块=power module; 静电卡盘=electrostatic chuck | 塑封体=moulding body; 焊球=solder ball; 散热盖=heat spreader lid
H10D 6 | 30/60 62/10 64/20 84/80 30/01 | 碳化硅功率器件=silicon carbide power device; 氮化镓晶体管=gallium nitride transistor; 沟槽栅器件=trench-gate device | 沟槽=trench; 场板=field plate
H10B 2 | 12/00 41/27 43/27 61/00 | 三维存储器=three-dimensional memory; 磁性随机存储单元=magnetic memory cell; 动态存储器=dynamic memory | 字线=word line; 沟道柱=channel pillar
H01S 4 | 3/067 5/02 5/183 3/10 | 光纤激光器=fibre laser; 垂直腔面发射激光器=vertical-cavity surface-emitting laser; 锁模激光器=mode-locked laser | 增益光纤=gain fibre; 布拉格反射镜=Bragg reflector
H03K 3 | 17/687 19/00 5/00 17/96 | 栅极驱动电路=gate drive circuit; 触摸按键电路=touch key circuit; 电平转换电路=level shift circuit | 电荷泵=charge pump; 反相器=inverter
H03M 2 | 1/38 1/46 13/11 7/30 | 模数转换电路=analogue-to-digital conversion circuit; 纠错译码器=error-correcting decoder; 数据压缩电路=data compression circuit | 电容阵列=capacitor array; 校验节点单元=check node unit
H03F 2 | 1/02 3/24 3/45 | 射频功率放大器=radio-frequency power amplifier; 仪表放大器=instrumentation amplifier; 低噪声放大器=low-noise amplifier | 匹配网络=matching network; 偏置电路=bias circuit
G11C 3 | 7/06 11/4063 16/04 29/00 | 存储器电路=memory circuit; 灵敏放大器=sense amplifier; 存储测试电路=memory test circuit | 位线=bit line; 译码器=decoder

# telecom | circuit | 通信与电声=communication and audio | 26
mods: 双频=dual-band; 小型化=miniaturized; 宽带=broadband; 主动降噪=active noise-cancelling; 可重构=reconfigurable
parts: 辐射单元=radiating element; 馈电网络=feed network; 接地板=ground plane; 射频前端=radio-frequency front end; 基带处理器=baseband processor; 滤波器=filter; 麦克风=microphone; 扬声器=loudspeaker; 电源管理芯片=power management chip
effects: 提高了增益=gain is improved; 扩展了带宽=bandwidth is widened; 减小了体积=size is reduced; 降低了失真=distortion is lowered
problems: 现有器件在小空间内互相干扰=known devices disturb each other in small spaces; 现有结构体积大=known structures are bulky
H01Q 8 | 1/24 1/38 5/10 21/06 21/24 | 天线阵列=antenna array; 终端天线=terminal antenna; 基站天线=base station antenna; 透镜天线=lens antenna | 振子=dipole; 移相器=phase shifter; 介质谐振器=dielectric resonator
H01P 2 | 1/20 5/12 7/06 | 腔体滤波器=cavity filter; 功分器=power divider; 谐振器=resonator | 谐振杆=resonant rod; 耦合窗=coupling window
H04B 7 | 1/38 7/06 7/185 10/25 17/00 | 光通信收发机=optical transceiver; 卫星通信终端=satellite terminal; 多天线收发装置=multi-antenna transceiver | 激光驱动器=laser driver; 相控阵面=phased array panel
H04M 3 | 1/02 1/725 1/18 | 手机壳体结构=mobile phone housing; 折叠终端=foldable terminal; 防水终端=waterproof terminal | 中框=middle frame; 后盖=rear cover
H04R 6 | 1/10 9/06 17/00 25/00 3/00 | 无线耳机=wireless earphone; 骨传导听力装置=bone conduction hearing device; 微型扬声器=micro loudspeaker | 振膜=diaphragm; 音圈=voice coil; 耳塞=ear tip
H04Q 1 | 1/02 9/00 11/00 | 光纤配线架=optical distribution frame; 远程抄表终端=remote metering terminal; 光交换装置=optical switching device | 熔纤盘=splice tray; 光开关=optical switch
H03H 2 | 9/02 9/17 9/64 | 体声波滤波器=bulk acoustic wave filter; 声表面波器件=surface acoustic wave device; 薄膜谐振器=film resonator | 压电层=piezoelectric layer; 叉指换能器=interdigital transducer
`;
