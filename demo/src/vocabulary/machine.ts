/** Topics of sections B, E and F: vehicles, aircraft and ships, buildings, engines and machine parts, heat and light. */
export const MACHINE = `
# vehicle | device | 车辆工程=vehicle engineering | 44
mods: 新能源=new-energy; 智能=smart; 轻量化=lightweight; 多模式=multi-mode; 高安全=high-safety
parts: 安装支架=mounting bracket; 驱动电机=drive motor; 控制单元=control unit; 减速箱=reduction gearbox; 锁止机构=locking mechanism; 缓冲件=buffer member; 位置传感器=position sensor; 线束=wiring harness; 壳体=housing
effects: 延长了续驶里程=driving range is extended; 提高了行车安全性=driving safety is improved; 降低了整车重量=vehicle weight is reduced; 换挡平顺=gear changes are smooth
problems: 现有车辆在低温下续驶里程缩短=the range of known vehicles shrinks in the cold; 碰撞时能量吸收不足=too little energy is absorbed in a collision
B60L 10 | 3/00 15/20 50/60 53/14 53/30 58/10 58/26 | 电动汽车充电系统=electric vehicle charging system; 电池热管理装置=battery thermal management device; 充电桩=charging pile | 充电枪=charging connector; 冷却板=cooling plate; 继电器=relay
B60W 7 | 10/06 20/00 30/08 40/08 60/00 50/14 | 自动驾驶控制装置=automated driving control device; 混合动力控制系统=hybrid drive control system; 驾驶员监测装置=driver monitoring device | 方向盘转角传感器=steering angle sensor; 车内摄像头=in-cabin camera
B60K 5 | 1/04 6/48 11/02 35/00 | 电池安装结构=battery mounting structure; 混合动力驱动桥=hybrid drive axle; 车载显示装置=in-vehicle display device | 电池托盘=battery tray; 安装横梁=mounting cross-member
B60R 5 | 16/02 19/18 21/00 21/231 | 安全气囊=airbag; 防撞梁=bumper beam; 车载电源装置=on-board power supply | 气体发生器=gas generator; 吸能盒=crash box
B60N 3 | 2/02 2/42 2/56 2/90 | 汽车座椅=vehicle seat; 儿童安全座椅=child safety seat; 通风座椅=ventilated seat | 坐垫骨架=seat pan frame; 调角器=recliner
B60T 4 | 7/12 8/17 13/74 17/22 | 电子机械制动器=electromechanical brake; 制动系统=brake system; 驻车制动装置=parking brake | 制动卡钳=brake caliper; 踏板行程传感器=pedal travel sensor
B60H 3 | 1/00 1/32 1/22 | 车用热泵空调=vehicle heat pump air conditioner; 座舱空调=cabin air conditioner; 车用加热器=vehicle heater | 四通阀=four-way valve; 冷凝器=condenser
B60C 2 | 23/04 17/00 23/00 | 胎压监测装置=tyre pressure monitoring device; 轮胎充放气装置=tyre inflating and deflating device; 车轮防爆装置=run-flat wheel device | 气门嘴=tyre valve; 支撑环=support ring
B62D 5 | 5/04 21/15 25/20 15/02 55/06 | 线控转向系统=steer-by-wire system; 车身结构=vehicle body structure; 履带底盘=tracked chassis | 转向电机=steering motor; 门槛梁=sill beam
B62M 3 | 6/45 9/12 25/08 6/55 | 电助力自行车=electrically assisted bicycle; 变速器=derailleur; 中置电机=mid-mounted motor | 链轮=sprocket; 力矩传感器=torque sensor
B62J 2 | 1/08 6/00 45/00 11/00 | 共享单车智能锁座=shared bicycle smart mount; 自行车座垫=bicycle saddle; 两轮车灯具=two-wheeler lamp | 座管=seat tube; 卫星定位模块=satellite positioning module
B61L 3 | 23/00 25/02 27/00 15/00 | 列车控制系统=train control system; 轨道检测车=track inspection vehicle; 道岔监测装置=switch monitoring device | 车载天线=on-board antenna; 轨道电路=track circuit
B61B 1 | 13/00 3/02 12/02 | 悬挂式单轨系统=suspended monorail system; 智能空轨列车=smart sky train; 索道吊厢=ropeway cabin | 走行轮=running wheel; 轨道梁=track beam

# craft | device | 航空与船舶=aircraft and ships | 16
mods: 垂直起降=vertical take-off; 长航时=long-endurance; 无人=unmanned; 模块化=modular; 太阳能=solar
parts: 推进电机=propulsion motor; 螺旋桨=propeller; 舵机=steering servo; 控制板=control board; 电池舱=battery compartment; 姿态传感器=attitude sensor; 通信天线=communication antenna; 密封舱盖=sealed hatch; 减震支座=shock-absorbing mount
effects: 延长了航行时间=endurance is extended; 抗风性能好=wind resistance is good; 便于运输和拆装=transport and assembly are easy; 降低了阻力=drag is reduced
problems: 现有机型载荷小=known craft carry little load; 在大风条件下姿态不稳=attitude is unstable in strong wind
B64C 4 | 3/38 25/10 27/08 29/00 39/02 | 倾转旋翼机=tilt-rotor aircraft; 复合翼飞行器=compound-wing aircraft; 折叠机翼=folding wing | 倾转机构=tilting mechanism; 尾撑=tail boom
B64U 5 | 10/14 20/70 30/20 50/19 | 多旋翼无人机=multi-rotor drone; 植保无人机=crop-spraying drone; 物流无人机=delivery drone | 机臂=arm; 药箱=spray tank; 挂载舱=payload bay
B64D 2 | 1/08 27/24 45/00 47/08 | 机载吊舱=airborne pod; 空投装置=airdrop device; 航空电推进系统=aircraft electric propulsion system | 云台=gimbal; 释放钩=release hook
B63B 4 | 21/50 35/00 1/38 59/06 | 无人船=unmanned boat; 系泊装置=mooring device; 船体清洗机器人=hull-cleaning robot | 船体=hull; 系缆绞车=mooring winch
B63H 2 | 5/08 21/17 25/42 | 船用电力推进器=marine electric thruster; 喷水推进装置=water-jet propulsion device; 吊舱推进器=podded propulsor | 导流罩=duct; 推进轴=propulsion shaft

# building | device | 土木建筑=civil engineering | 44
mods: 装配式=prefabricated; 抗震=earthquake-resistant; 可周转=reusable; 透水=water-permeable; 深基坑用=deep-pit
parts: 立柱=column; 横梁=cross-beam; 连接板=connecting plate; 高强螺栓=high-strength bolt; 预埋件=embedded part; 隔振垫=isolation pad; 应变计=strain gauge; 排水管=drain pipe; 支撑座=support seat
effects: 缩短了工期=construction takes less time; 提高了整体稳定性=overall stability is improved; 减少了现场湿作业=less wet work is done on site; 构件可重复使用=the members can be used again
problems: 现有结构现场焊接量大=known structures need much welding on site; 渗漏水难以发现=leaks are hard to detect
E01C 4 | 3/00 11/22 19/48 23/01 | 透水路面=permeable pavement; 摊铺机=paver; 路面检测车=pavement inspection vehicle | 碎石基层=crushed-stone base; 熨平板=screed
E01D 5 | 2/00 19/04 19/06 21/00 22/00 | 桥梁支座=bridge bearing; 桥梁伸缩缝=bridge expansion joint; 箱梁=box girder | 球冠衬板=spherical plate; 止水带=waterstop
E01B 1 | 1/00 9/66 19/00 35/00 | 轨道扣件=rail fastening; 减振轨枕=damping sleeper; 轨道板=track slab | 弹条=rail clip; 轨下垫板=rail pad
E02D 7 | 5/04 17/04 27/12 29/045 31/00 | 基坑支护结构=foundation pit support; 预制管桩=precast pile; 地下管廊=underground utility tunnel | 支护桩=retaining pile; 腰梁=waler; 锚索=anchor cable
E02F 3 | 3/36 9/20 9/22 5/00 | 挖掘机=excavator; 装载机=wheel loader; 清淤装置=dredging device | 铲斗=bucket; 动臂=boom; 回转平台=slewing platform
E03F 3 | 3/04 5/10 5/14 1/00 | 雨水调蓄池=stormwater tank; 截流井=intercepting well; 智能井盖=smart manhole cover | 闸门=sluice gate; 格栅=grating
E04B 7 | 1/24 1/343 1/76 1/98 2/56 9/00 | 装配式墙体=prefabricated wall; 模块化房屋=modular house; 隔声吊顶=sound-insulating ceiling; 保温墙板=insulating wall panel | 轻钢龙骨=light steel stud; 保温芯板=insulating core
E04F 3 | 13/08 15/02 21/08 21/20 | 地板=flooring; 抹灰机器人=plastering robot; 幕墙挂件=curtain wall hanger | 锁扣边=locking edge; 调平座=levelling base
E04G 5 | 1/14 11/08 17/00 21/02 21/14 | 铝合金模板=aluminium formwork; 附着式升降脚手架=attached lifting scaffold; 布料机=concrete placing boom | 支撑架=support frame; 附墙支座=wall bracket
E04H 4 | 6/18 9/02 12/00 1/12 | 立体停车库=mechanical car park; 阻尼减震器=seismic damper; 输电塔=transmission tower | 载车板=car pallet; 阻尼缸=damping cylinder
E21B 4 | 7/04 10/00 17/10 43/26 47/00 | 钻井工具=drilling tool; 定向钻机=directional drill; 井下监测装置=downhole monitoring device | 钻头=drill bit; 钻杆=drill pipe
E21D 4 | 9/06 11/10 15/44 21/00 | 盾构机=tunnel boring machine; 隧道支护台车=tunnel lining trolley; 液压支架=hydraulic support | 刀盘=cutter head; 管片=segment
E21F 1 | 17/18 1/00 5/00 | 矿井监测系统=mine monitoring system; 矿用除尘装置=mine dust remover; 瓦斯抽放装置=gas drainage device | 风筒=air duct; 瓦斯传感器=gas sensor

# doors | device | 门窗与锁具=doors, windows and locks | 8
mods: 静音=quiet; 防撬=pry-resistant; 节能=energy-saving; 防火=fire-resistant; 自动=automatic
parts: 壳体=housing; 转轴=rotating shaft; 弹簧=spring; 驱动电机=drive motor; 传动齿轮=transmission gear; 密封条=sealing strip; 控制板=control board; 安装板=mounting plate; 限位块=stop block
effects: 启闭平稳=opening and closing are smooth; 提高了气密性=air tightness is improved; 防盗性能好=burglary resistance is good; 安装方便=installation is easy
problems: 现有产品长期使用后容易错位=known products become misaligned after long use; 断电时无法开启=the device cannot be opened without power
E05B 3 | 47/00 65/00 15/00 49/00 | 智能门锁=smart door lock; 指纹锁=fingerprint lock; 柜锁=cabinet lock | 锁舌=latch bolt; 离合电机=clutch motor
E05F 1 | 15/60 3/02 1/00 | 自动平移门=automatic sliding door; 闭门器=door closer; 阻尼铰链=damping hinge | 门扇=door leaf; 齿条=rack
E06B 3 | 3/263 3/66 7/28 9/02 | 断桥铝窗=thermal-break aluminium window; 中空玻璃窗=insulating glass window; 防火卷帘=fire shutter | 隔热条=thermal strip; 窗扇=sash

# engine | device | 动力机械与机械零件=engines and machine elements | 40
mods: 大功率=high-power; 低噪声=low-noise; 自润滑=self-lubricating; 高密封=well-sealed; 可调=adjustable
parts: 机座=machine base; 轴承座=bearing seat; 机械密封=mechanical seal; 弹簧=spring; 端盖=end cover; 密封圈=sealing ring; 压板=pressure plate; 振动传感器=vibration sensor; 传动轴=drive shaft
effects: 降低了振动和噪声=vibration and noise are reduced; 提高了传动效率=transmission efficiency is improved; 密封可靠=sealing is reliable; 延长了使用寿命=service life is extended
problems: 现有结构在高速运转时发热严重=known structures heat up at high speed; 密封件磨损快=seals wear quickly
F01D 4 | 5/18 9/04 11/08 25/12 | 涡轮叶片=turbine blade; 汽轮机=steam turbine; 叶片冷却结构=blade cooling structure | 气膜孔=film hole; 叶冠=blade shroud
F01N 2 | 3/08 3/20 11/00 | 尾气后处理装置=exhaust aftertreatment device; 尿素喷射系统=urea injection system; 颗粒捕集器=particulate filter | 催化载体=catalyst carrier; 尿素喷嘴=urea nozzle
F02M 3 | 21/02 26/00 55/02 61/14 | 燃油喷射器=fuel injector; 废气再循环装置=exhaust gas recirculation device; 氢气供给系统=hydrogen supply system | 针阀=needle valve; 共轨管=common rail
F03D 5 | 1/06 7/02 13/20 17/00 80/00 | 风力发电机组=wind turbine generator; 漂浮式风机=floating wind turbine; 变桨系统=pitch system | 轮毂=hub; 塔筒=tower; 变桨轴承=pitch bearing
F03B 2 | 3/12 13/14 11/00 | 潮流能发电装置=tidal current generator; 水轮机=hydraulic turbine; 波浪能装置=wave energy device | 转轮=runner; 浮子=float
F04B 4 | 39/00 43/02 49/06 53/10 | 压缩机=compressor; 隔膜泵=diaphragm pump; 柱塞泵=plunger pump | 活塞=piston; 排气阀片=discharge valve plate
F04D 5 | 13/08 25/08 29/38 29/66 | 离心泵=centrifugal pump; 离心风机=centrifugal fan; 潜水泵=submersible pump | 叶轮=impeller; 蜗壳=volute
F15B 2 | 1/02 11/08 15/14 21/04 | 液压系统=hydraulic system; 气动执行器=pneumatic actuator; 蓄能器=accumulator | 换向阀=directional valve; 活塞杆=piston rod
F16C 3 | 17/02 19/00 32/04 33/10 | 磁悬浮轴承=magnetic bearing; 滚动轴承=rolling bearing; 滑动轴承=plain bearing | 保持架=cage; 内圈=inner ring
F16F 4 | 7/00 9/53 15/02 15/04 | 减振器=vibration damper; 隔振平台=vibration isolation platform; 磁流变阻尼器=magnetorheological damper | 阻尼液腔=damping fluid chamber; 橡胶件=rubber element
F16H 6 | 1/28 57/04 61/00 25/22 49/00 | 行星减速器=planetary reducer; 变速箱=gearbox; 谐波传动装置=harmonic drive | 太阳轮=sun gear; 行星架=planet carrier; 柔轮=flexspline
F16K 6 | 1/00 5/06 11/00 31/06 37/00 | 电磁阀=solenoid valve; 球阀=ball valve; 智能调节阀=smart control valve | 阀座=valve seat; 阀杆=valve stem; 线圈=coil
F16L 4 | 3/10 23/02 55/26 59/02 | 管道连接件=pipe coupling; 管道机器人=in-pipe robot; 保温管=insulated pipe | 法兰=flange; 卡箍=clamp ring
F16M 2 | 11/04 11/18 13/02 | 显示器支架=monitor stand; 相机云台=camera gimbal; 设备减振底座=vibration-damping base | 万向节=universal joint; 配重块=counterweight
F17C 2 | 1/06 5/06 13/04 | 高压储氢瓶=high-pressure hydrogen cylinder; 加氢站=hydrogen filling station; 液化气罐=liquefied gas tank | 瓶口阀=cylinder valve; 碳纤维层=carbon fibre layer
F16B 3 | 5/02 12/10 37/04 2/06 | 紧固件=fastener; 快拆连接件=quick-release connector; 自锁螺母=self-locking nut | 螺纹套=threaded sleeve; 锁紧垫圈=lock washer

# lighting | device | 照明=lighting | 14
mods: 高显色=high-colour-rendering; 防眩=anti-glare; 智能=smart; 太阳能=solar; 防水=waterproof
parts: 灯体=lamp body; 发光基板=light-emitting substrate; 透镜=lens; 驱动电源=drive power supply; 散热翅片=cooling fin; 光敏传感器=light sensor; 密封垫=sealing gasket; 安装支架=mounting bracket; 防护盖=protective cover
effects: 光线柔和无眩光=the light is soft and free of glare; 延长了光源寿命=the life of the light source is extended; 散热性能好=heat dissipation is good; 照度均匀=illuminance is even
problems: 散热不良导致光衰=poor heat dissipation causes the light to fade; 现有灯具容易产生眩光=known lamps easily cause glare
F21S 4 | 8/00 9/03 41/00 45/47 | 太阳能路灯=solar street lamp; 汽车前照灯=vehicle headlamp; 吸顶灯=ceiling lamp | 光导条=light guide strip; 灯罩=lampshade
F21V 7 | 5/04 7/00 23/04 29/70 33/00 | 防眩灯具=anti-glare luminaire; 植物生长灯=plant growth lamp; 智能台灯=smart desk lamp | 反光杯=reflector cup; 扩散板=diffuser; 散热器=heat sink

# heat | device | 热工=heating and cooling | 30
mods: 变频=variable-frequency; 高效=high-efficiency; 余热利用=waste-heat; 一体式=integrated; 低温=low-temperature
parts: 压缩机=compressor; 换热管=heat exchange tube; 翅片=fin; 风道=air duct; 温度传感器=temperature sensor; 保温层=insulating layer; 循环泵=circulating pump; 控制阀=control valve; 壳体=housing
effects: 提高了换热效率=heat exchange efficiency is improved; 温度均匀=temperature is even; 降低了能耗=energy use is reduced; 运行安静=operation is quiet
problems: 现有设备结霜后换热变差=heat exchange of known equipment worsens with frost; 温度波动大=the temperature fluctuates widely
F23G 2 | 5/027 5/46 7/06 | 垃圾焚烧炉=waste incinerator; 废气焚烧装置=waste gas incinerator; 污泥焚烧系统=sludge incineration system | 炉排=grate; 二燃室=secondary combustion chamber
F24F 9 | 1/00 5/00 11/63 11/89 13/22 8/10 | 空调器=air conditioner; 新风系统=fresh-air system; 空气净化器=air purifier | 蒸发器=evaporator; 滤芯=filter element; 导风板=air guide
F24H 3 | 1/10 9/18 4/02 15/00 | 热泵热水器=heat pump water heater; 燃气热水器=gas water heater; 即热式加热装置=instant heater | 水箱=water tank; 加热管=heating tube
F24S 2 | 10/70 30/425 60/30 80/00 | 太阳能集热器=solar collector; 槽式聚光镜=trough concentrator; 储热罐=heat storage tank | 吸热管=absorber tube; 聚光镜=concentrating mirror
F25B 4 | 1/00 13/00 30/02 41/20 49/02 | 热泵机组=heat pump unit; 制冷系统=refrigeration system; 双级压缩系统=two-stage compression system | 气液分离器=gas-liquid separator; 节流阀=throttle valve
F25D 4 | 11/02 17/06 23/00 29/00 | 冰箱=refrigerator; 冷藏展示柜=refrigerated display cabinet; 保鲜储物盒=fresh-keeping box | 门体=door body; 抽屉=drawer; 蒸发风扇=evaporator fan
F26B 3 | 3/04 9/06 21/00 25/00 | 热泵烘干机=heat pump dryer; 粮食干燥机=grain dryer; 真空干燥箱=vacuum drying oven | 干燥仓=drying chamber; 循环风机=circulating fan
F27B 2 | 5/04 9/20 14/06 17/00 | 真空烧结炉=vacuum sintering furnace; 辊道窑=roller kiln; 感应熔炼炉=induction melting furnace | 炉膛=furnace chamber; 加热棒=heating rod
F28D 4 | 1/04 7/16 9/00 15/02 20/00 | 换热器=heat exchanger; 热管=heat pipe; 相变蓄热装置=phase-change heat store | 管板=tube sheet; 毛细芯=wick
F28F 2 | 1/10 3/02 9/02 13/12 | 换热板片=heat exchange plate; 微通道换热管=microchannel tube; 强化传热管=enhanced heat transfer tube | 集流管=header; 扰流片=turbulator
`;
