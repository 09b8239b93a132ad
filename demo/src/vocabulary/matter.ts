/** Topics of sections B, C and D that work on matter: process plants, metals, plastics, coatings, glass, fibres. */
export const MATTER = `
# separation | device | 化工与环保设备=chemical and environmental equipment | 34
mods: 高通量=high-throughput; 连续式=continuous; 撬装=skid-mounted; 低能耗=low-energy; 耐腐蚀=corrosion-resistant
parts: 进料管=feed pipe; 出料口=discharge port; 搅拌轴=stirring shaft; 过滤网=filter screen; 循环泵=circulating pump; 液位计=level gauge; 反冲洗管路=backwash line; 保温夹套=heating jacket; 分布板=distribution plate
effects: 降低了运行能耗=operating energy is reduced; 提高了分离效率=separation efficiency is improved; 减少了堵塞=clogging is reduced; 便于连续运行=continuous operation is made possible
problems: 现有设备的滤材容易堵塞=the filter media of known equipment clog easily; 处理过程能耗高=the treatment uses much energy
B01D 12 | 53/00 53/86 61/02 69/12 29/00 46/00 1/00 | 反渗透膜组件=reverse osmosis membrane module; 袋式除尘器=bag dust collector; 废气净化塔=waste gas purification tower; 蒸发器=evaporator | 膜片=membrane sheet; 滤袋=filter bag; 填料层=packing layer
B01J 7 | 19/18 23/00 20/20 35/00 29/06 | 固定床反应器=fixed-bed reactor; 微通道反应器=microchannel reactor; 吸附床=adsorption bed | 催化剂床层=catalyst bed; 微通道板=microchannel plate; 活性炭颗粒=activated carbon particles
B01F 4 | 27/80 23/40 33/00 35/00 | 混合机=mixer; 乳化装置=emulsifying device; 静态混合器=static mixer | 螺带桨=helical ribbon impeller; 定子齿圈=toothed stator ring
B02C 3 | 4/02 17/10 18/14 23/08 | 球磨机=ball mill; 对辊破碎机=roll crusher; 撕碎机=shredder | 破碎辊=crushing roll; 研磨筒=grinding drum
B07B 2 | 1/28 4/00 13/00 1/46 | 振动筛=vibrating screen; 风选机=air classifier; 分级筛=grading screen | 筛板=screen plate; 激振器=vibration exciter
C02F 14 | 1/44 1/52 3/00 9/00 3/28 11/12 | 污水处理装置=sewage treatment device; 膜生物反应器=membrane bioreactor; 电镀废水处理系统=electroplating wastewater treatment system; 污泥脱水机=sludge dewatering machine | 曝气盘=aeration disc; 沉淀池=settling tank; 加药泵=dosing pump; 中空纤维膜=hollow-fibre membrane
B08B 4 | 1/00 3/02 3/12 9/08 | 超声波清洗机=ultrasonic cleaner; 管道清洗机器人=pipe-cleaning robot; 高压清洗装置=high-pressure cleaning device | 换能器=transducer; 喷枪=spray gun
B09B 4 | 3/00 3/30 3/40 5/00 | 固废处理线=solid waste treatment line; 废旧电池回收装置=used battery recycling device; 餐厨垃圾处理机=kitchen waste processor | 分选带=sorting belt; 热解炉=pyrolysis furnace
C05F 2 | 17/00 9/00 3/00 | 有机肥发酵设备=organic fertilizer fermentation plant; 堆肥翻抛机=compost turner; 秸秆还田处理装置=straw returning device | 翻抛齿=turning teeth; 发酵仓=fermentation chamber
C12M 3 | 1/00 1/34 3/00 1/02 | 生物反应器=bioreactor; 细胞培养装置=cell culture device; 发酵罐=fermenter | 培养罐=culture vessel; 溶氧电极=dissolved-oxygen electrode

# metalworking | device | 金属加工与机床=metal working and machine tools | 42
mods: 高精度=high-precision; 多工位=multi-station; 自动上下料=automatic-loading; 数控=numerically controlled; 双主轴=twin-spindle
parts: 机架=machine frame; 夹具=clamp; 导轨=guide rail; 伺服电机=servo motor; 工作台=worktable; 冷却喷嘴=coolant nozzle; 定位销=locating pin; 气缸=air cylinder; 控制柜=control cabinet
effects: 提高了加工精度=machining accuracy is improved; 缩短了装夹时间=clamping takes less time; 减少了切屑堆积=chips no longer pile up; 降低了废品率=the reject rate is lowered
problems: 现有设备换型时间长=changing over known equipment takes long; 工件在加工中容易变形=the workpiece easily deforms while being worked
B21D 7 | 5/02 22/02 28/14 43/00 37/10 | 折弯机=bending machine; 冲压模具=stamping die; 拉伸模=drawing die | 凸模=punch; 凹模=die plate; 压边圈=blank holder
B22D 3 | 11/00 17/22 18/02 41/00 | 压铸模=die-casting mould; 连铸结晶器=continuous casting mould; 低压铸造机=low-pressure casting machine | 浇口套=sprue bush; 型芯=core
B22F 4 | 10/28 3/10 9/08 12/00 | 金属粉末打印机=metal powder printer; 雾化制粉装置=powder atomizing device; 粉末烧结炉=powder sintering furnace | 铺粉刮刀=powder spreading blade; 成形缸=build cylinder
B23B 5 | 27/00 31/10 39/16 51/02 | 数控车床=numerically controlled lathe; 多轴钻床=multi-spindle drilling machine; 液压卡盘=hydraulic chuck | 刀塔=tool turret; 卡爪=chuck jaw
B23K 12 | 26/38 26/21 37/04 9/173 11/11 20/12 | 激光切割机=laser cutting machine; 激光焊接头=laser welding head; 搅拌摩擦焊机=friction stir welder | 聚焦镜组=focusing lens group; 送丝机构=wire feeder; 保护气喷嘴=shielding gas nozzle
B23P 6 | 19/00 19/06 21/00 15/00 | 自动装配线=automatic assembly line; 拧螺丝机=screw-driving machine; 压装机=press-fitting machine | 振动盘=vibratory bowl; 压头=press head
B23Q 6 | 1/00 3/06 7/04 11/00 17/00 | 机床夹紧装置=machine tool clamping device; 自动换刀装置=automatic tool changer; 上下料机械手=loading manipulator | 刀库=tool magazine; 拉钉=pull stud
B24B 5 | 5/04 27/00 29/02 37/04 41/06 | 磨床=grinding machine; 抛光机=polishing machine; 晶圆研磨装置=wafer grinding device | 砂轮=grinding wheel; 抛光垫=polishing pad
B24C 1 | 1/00 3/00 9/00 | 喷砂机=sandblasting machine; 水射流抛磨装置=water-jet abrading device; 喷丸装置=shot-blasting device | 喷砂枪=blasting gun; 回砂斗=abrasive return hopper
B26D 2 | 1/00 5/00 7/26 7/06 | 分切机=slitting machine; 裁断机=cutting machine; 薄膜切割装置=film cutting device | 圆刀=circular knife; 放卷轴=unwinding shaft

# alloy | composition | 金属材料=metallic materials | 16
mods: 高强=high-strength; 耐磨=wear-resistant; 耐热=heat-resistant; 轻质=light; 高导电=highly conductive
parts: 铝=aluminium; 镁=magnesium; 硅=silicon; 锰=manganese; 铬=chromium; 镍=nickel; 钛=titanium; 稀土元素=rare-earth element; 硼=boron; 钼=molybdenum
effects: 强度和韧性同时提高=strength and toughness rise together; 晶粒细小均匀=the grains are fine and even; 提高了耐蚀性=corrosion resistance is improved; 降低了成本=cost is reduced
problems: 现有合金在高温下强度下降明显=known alloys lose much strength at high temperature; 热处理后组织不均匀=the structure is uneven after heat treatment
C22C 9 | 21/00 38/00 1/04 9/00 38/04 | 铝合金=aluminium alloy; 高强钢=high-strength steel; 铜合金=copper alloy; 高熵合金=high-entropy alloy | 锌=zinc; 钒=vanadium; 铌=niobium
C21D 4 | 1/18 8/02 9/46 6/00 | 热处理钢板=heat-treated steel plate; 齿轮钢=gear steel; 冷轧带钢=cold-rolled strip | 碳=carbon; 氮=nitrogen
C23C 5 | 14/06 16/44 2/06 4/10 14/34 | 硬质涂层=hard coating; 热浸镀层=hot-dip coating; 真空镀膜材料=vacuum-deposited material | 氮化钛=titanium nitride; 锌铝镁合金=zinc-aluminium-magnesium alloy
C22B 3 | 7/00 26/12 3/00 15/00 | 锂回收料=recovered lithium material; 再生铜=secondary copper; 稀土浸出料=rare-earth leach product | 硫酸=sulfuric acid; 萃取剂=extractant

# handling | device | 机器人与物流设备=robots and logistics equipment | 40
mods: 协作式=collaborative; 模块化=modular; 柔性=flexible; 重载=heavy-duty; 自适应=self-adaptive
parts: 机架=frame; 驱动电机=drive motor; 导向杆=guide rod; 连接座=connecting seat; 视觉相机=vision camera; 输送带=conveyor belt; 气缸=air cylinder; 光电开关=photoelectric switch; 控制器=controller
effects: 提高了抓取成功率=the rate of successful gripping is raised; 减小了占地面积=less floor space is needed; 换产灵活=changeover is flexible; 运行平稳=operation is smooth
problems: 现有设备对工件形状的适应性差=known equipment adapts poorly to the shape of workpieces; 人工搬运效率低=manual handling is slow
B25J 16 | 9/16 11/00 13/08 15/06 17/02 19/00 | 协作机器人=collaborative robot; 柔性夹爪=soft gripper; 并联机器人=parallel robot; 巡检机器人=inspection robot | 吸盘=suction cup; 六维力传感器=six-axis force sensor; 谐波减速器=harmonic reducer
B65G 10 | 1/04 1/137 15/30 47/90 47/91 54/02 | 立体仓库=automated warehouse; 分拣输送机=sorting conveyor; 穿梭车=shuttle | 货叉=fork; 堆垛立柱=stacker mast; 摆轮组=swivel wheel set
B65B 5 | 1/30 5/10 51/10 57/00 | 装袋机=bagging machine; 灌装机=filling machine; 热封装置=heat-sealing device | 计量斗=weighing hopper; 封口辊=sealing roller
B65H 3 | 18/10 23/188 54/02 75/44 | 收卷机=winding machine; 张力控制装置=tension control device; 线缆卷盘=cable reel | 张力辊=tension roller; 排线器=traverse guide
B66B 4 | 1/34 5/00 7/02 13/14 | 电梯=elevator; 电梯安全装置=elevator safety device; 扶梯检测系统=escalator monitoring system | 轿厢=car; 曳引机=traction machine; 限速器=overspeed governor
B66C 3 | 1/10 13/16 13/48 23/62 | 起重机=crane; 吊具=lifting gear; 塔机监控装置=tower crane monitoring device | 吊钩=hook; 起升卷筒=hoisting drum
B66F 2 | 7/06 9/06 11/04 9/24 | 叉车=forklift truck; 剪叉式升降台=scissor lift; 高空作业平台=aerial work platform | 门架=mast; 剪叉臂=scissor arm

# plastics | device | 塑料成型与印刷=plastics shaping and printing | 22
mods: 多腔=multi-cavity; 快速换模=quick-change; 双色=two-colour; 节能=energy-saving; 高速=high-speed
parts: 机架=frame; 加热圈=heater band; 冷却水路=cooling channel; 喷嘴=nozzle; 牵引辊=haul-off roller; 温控器=temperature controller; 导柱=guide post; 驱动电机=drive motor; 供料泵=feed pump
effects: 产品壁厚均匀=wall thickness is even; 缩短了成型周期=the cycle time is shortened; 减少了飞边=flash is reduced; 提高了打印精度=printing accuracy is improved
problems: 现有模具冷却不均导致翘曲=uneven cooling of known moulds causes warping; 换料时残留多=much material is left over when changing colours
B29C 14 | 45/17 45/73 48/92 64/118 64/386 70/34 33/38 | 注塑模具=injection mould; 挤出机=extruder; 三维打印机=three-dimensional printer; 复合材料铺放机=composite lay-up machine | 热流道板=hot runner manifold; 打印平台=build platform; 铺丝头=fibre placement head
B33Y 4 | 10/00 30/00 50/02 80/00 40/00 | 增材制造设备=additive manufacturing equipment; 光固化打印机=photocuring printer; 打印后处理装置=post-processing device | 树脂槽=resin vat; 投影光机=projector
B32B 3 | 27/32 5/02 37/10 15/08 | 复合薄膜复合机=film laminating machine; 层压装置=laminating device; 涂布复合机=coating laminator | 压辊=pressure roller; 涂胶头=gluing head
B41J 3 | 2/01 2/175 3/407 29/38 | 喷墨打印头=inkjet print head; 标签打印机=label printer; 墨盒=ink cartridge | 喷孔板=orifice plate; 墨腔=ink chamber
B05B 4 | 1/30 12/08 13/04 5/025 | 喷涂机器人=spraying robot; 雾化喷头=atomizing nozzle; 静电喷枪=electrostatic spray gun | 雾化盘=atomizing disc; 供料泵=feed pump
B05C 2 | 5/02 11/10 1/08 | 点胶机=dispensing machine; 狭缝涂布头=slot-die coating head; 辊涂机=roller coater | 胶阀=glue valve; 模头=die head

# polymer | composition | 高分子材料=polymer materials | 40
mods: 阻燃=flame-retardant; 生物基=bio-based; 高韧性=high-toughness; 耐候=weather-resistant; 导热=thermally conductive
parts: 聚丙烯=polypropylene; 聚酰胺=polyamide; 环氧树脂=epoxy resin; 聚氨酯预聚体=polyurethane prepolymer; 玻璃纤维=glass fibre; 碳酸钙=calcium carbonate; 硅烷偶联剂=silane coupling agent; 抗氧剂=antioxidant; 氢氧化镁=magnesium hydroxide; 增韧剂=toughening agent
effects: 力学性能和阻燃性能兼顾=mechanical strength and flame resistance are both achieved; 提高了耐老化性=ageing resistance is improved; 分散均匀=dispersion is even; 可回收利用=the material can be recycled
problems: 现有材料加入填料后韧性下降=known materials lose toughness when filled; 助剂容易迁移析出=additives tend to migrate and bloom
C08L 13 | 23/12 63/00 67/04 75/04 77/00 83/04 | 改性聚丙烯=modified polypropylene; 可降解塑料=degradable plastic; 硅橡胶=silicone rubber; 尼龙复合材料=nylon composite | 聚乳酸=polylactic acid; 滑石粉=talc; 相容剂=compatibilizer
C08G 6 | 18/10 59/50 63/91 73/10 77/04 | 聚酰亚胺=polyimide; 水性聚氨酯=waterborne polyurethane; 固化剂=curing agent | 二异氰酸酯=diisocyanate; 二胺单体=diamine monomer; 聚醚多元醇=polyether polyol
C08J 4 | 3/24 5/18 9/00 11/00 | 发泡材料=foam material; 阻隔薄膜=barrier film; 再生塑料粒=recycled plastic pellet | 发泡剂=foaming agent; 交联剂=crosslinking agent
C08K 4 | 3/22 5/00 7/14 9/06 3/04 | 填充母粒=filler masterbatch; 抗静电材料=antistatic material; 石墨烯复合材料=graphene composite | 石墨烯=graphene; 炭黑=carbon black
C08F 3 | 2/24 220/18 10/02 110/06 | 丙烯酸乳液=acrylic emulsion; 聚烯烃催化体系=polyolefin catalyst system; 高吸水树脂=superabsorbent resin | 丙烯酸丁酯=butyl acrylate; 引发剂=initiator
C09D 6 | 5/08 5/16 133/04 163/00 175/04 7/61 | 防腐涂料=anticorrosive coating; 防污涂料=antifouling coating; 水性木器漆=waterborne wood paint | 锌粉=zinc powder; 成膜助剂=coalescing agent; 流平剂=levelling agent
C09J 5 | 7/30 163/00 133/04 11/04 175/04 | 压敏胶带=pressure-sensitive tape; 导电胶=conductive adhesive; 结构胶=structural adhesive | 增粘树脂=tackifying resin; 银粉=silver powder
C09K 4 | 5/06 11/06 3/10 8/035 21/14 | 相变储能材料=phase-change storage material; 发光材料=luminescent material; 密封胶=sealing compound | 石蜡=paraffin; 膨胀石墨=expanded graphite

# chemicals | composition | 精细化工=fine chemicals | 18
mods: 高纯度=high-purity; 低气味=low-odour; 环保型=environmentally friendly; 高收率=high-yield; 稳定型=stable
parts: 去离子水=deionized water; 乙醇=ethanol; 碳酸钠=sodium carbonate; 活性炭=activated carbon; 硅胶=silica gel; 乙酸乙酯=ethyl acetate; 抗氧剂=antioxidant; 无水硫酸镁=anhydrous magnesium sulfate; 缓冲剂=buffering agent
effects: 收率高=the yield is high; 后处理简单=work-up is simple; 副产物少=few by-products form; 减少了溶剂用量=less solvent is used
problems: 现有工艺副反应多=known processes have many side reactions; 产品纯度不稳定=the purity of the product varies
C07D 6 | 213/00 231/12 401/12 471/04 487/04 | 吡唑衍生物=pyrazole derivative; 吡啶化合物=pyridine compound; 稠合杂环化合物=fused heterocyclic compound | 吡啶甲醛=pyridinecarboxaldehyde; 碳酸钾=potassium carbonate; 乙腈=acetonitrile
C07C 4 | 29/141 45/50 67/08 209/00 | 醇类产物=alcohol product; 羧酸酯=carboxylic ester; 有机胺=organic amine | 甲醇=methanol; 对甲苯磺酸=p-toluenesulfonic acid
C10L 2 | 1/02 5/44 3/10 | 生物柴油=biodiesel; 生物质成型燃料=biomass pellet fuel; 燃料添加剂=fuel additive | 废弃油脂=waste oil; 木屑=sawdust
C10M 2 | 169/04 141/00 173/02 | 齿轮润滑油=gear lubricant; 切削液=cutting fluid; 润滑脂=lubricating grease | 基础油=base oil; 极压剂=extreme-pressure additive
C11D 2 | 1/83 3/386 17/00 | 洗衣凝珠=laundry capsule; 餐具洗涤剂=dishwashing detergent; 浓缩洗衣液=concentrated liquid detergent | 非离子表面活性剂=non-ionic surfactant; 蛋白酶=protease

# mineral | composition | 无机材料=inorganic materials | 24
mods: 多孔=porous; 高纯=high-purity; 低介电=low-dielectric; 轻质=lightweight; 超薄=ultra-thin
parts: 氧化铝=alumina; 二氧化硅=silica; 氧化锆=zirconia; 碳化硅=silicon carbide; 氧化镁=magnesia; 氧化钇=yttria; 碳酸钙=calcium carbonate; 烧结助剂=sintering aid; 分散剂=dispersant
effects: 致密度高=density is high; 降低了烧成温度=the firing temperature is lowered; 提高了热稳定性=thermal stability is improved; 批次一致性好=batches are consistent
problems: 现有材料脆性大=known materials are brittle; 烧成能耗高=firing uses much energy
C03C 4 | 3/091 10/00 17/00 21/00 | 微晶玻璃=glass-ceramic; 盖板玻璃=cover glass; 镀膜玻璃=coated glass | 氧化锂=lithium oxide; 氧化硼=boron oxide
C04B 11 | 28/00 35/10 35/565 38/00 41/50 18/08 | 混凝土=concrete; 陶瓷基板=ceramic substrate; 隔热砖=insulating brick; 碳化硅陶瓷=silicon carbide ceramic | 硅酸盐水泥=Portland cement; 石英砂=quartz sand; 聚丙烯纤维=polypropylene fibre
C01B 6 | 32/05 32/184 33/12 25/45 3/02 | 石墨烯粉体=graphene powder; 多孔碳=porous carbon; 磷酸铁锂前驱体=lithium iron phosphate precursor; 气凝胶=aerogel | 葡萄糖=glucose; 磷酸=phosphoric acid
C01G 4 | 23/04 45/12 51/00 53/00 | 三元前驱体=ternary precursor; 钛白粉=titanium white; 锰酸锂=lithium manganate | 硫酸镍=nickel sulfate; 硫酸钴=cobalt sulfate; 氨水=ammonia solution
C30B 3 | 15/00 29/06 29/36 25/02 | 单晶硅=monocrystalline silicon; 碳化硅晶体=silicon carbide crystal; 蓝宝石晶体=sapphire crystal | 多晶硅料=polysilicon charge; 籽晶=seed crystal
B82Y 3 | 30/00 40/00 5/00 | 纳米线=nanowire; 量子点=quantum dot; 纳米复合材料=nanocomposite | 油酸=oleic acid; 金纳米颗粒=gold nanoparticles
C25B 4 | 1/04 11/04 9/00 11/091 | 析氢电极=hydrogen evolution electrode; 电解水催化剂=water electrolysis catalyst; 质子交换膜电极=proton exchange membrane electrode | 氧化铱=iridium oxide; 泡沫镍=nickel foam

# textile | composition | 纺织与造纸=textiles and paper | 20
mods: 抗菌=antibacterial; 吸湿排汗=moisture-wicking; 防水透湿=waterproof breathable; 阻燃=flame-retardant; 再生=regenerated
parts: 涤纶纤维=polyester fibre; 粘胶纤维=viscose fibre; 棉纤维=cotton fibre; 氨纶=spandex; 芳纶=aramid fibre; 壳聚糖=chitosan; 交联剂=crosslinking agent; 柔软剂=softening agent; 分散染料=disperse dye
effects: 手感柔软=the fabric feels soft; 耐洗性好=washing fastness is good; 减少了废水排放=less waste water is discharged; 提高了透气性=air permeability is improved
problems: 现有面料多次水洗后功能下降=the function of known fabrics fades after repeated washing; 染整过程用水量大=dyeing and finishing use much water
D01F 4 | 1/10 2/00 6/62 8/14 | 功能纤维=functional fibre; 异形截面长丝=profiled filament; 海岛纤维=sea-island fibre | 聚酯切片=polyester chip; 银系抗菌剂=silver antibacterial agent
D03D 4 | 1/00 13/00 15/283 15/50 | 机织面料=woven fabric; 三维织物=three-dimensional fabric; 阻燃面料=flame-retardant fabric | 经纱=warp yarn; 纬纱=weft yarn
D04B 2 | 1/14 21/00 1/16 | 针织面料=knitted fabric; 经编间隔织物=warp-knitted spacer fabric; 弹力面料=stretch fabric | 面纱=face yarn; 间隔丝=spacer yarn
D04H 4 | 1/4382 1/492 3/16 13/00 | 非织造布=nonwoven fabric; 水刺布=hydroentangled fabric; 熔喷滤材=melt-blown filter medium | 木浆纤维=wood pulp fibre; 双组分纤维=bicomponent fibre
D06M 4 | 11/46 13/00 15/263 15/643 | 防水整理剂=water-repellent finish; 抗皱面料=wrinkle-resistant fabric; 防晒面料=sun-protective fabric | 有机硅乳液=silicone emulsion; 纳米氧化钛=nano titanium dioxide
D06P 2 | 1/38 3/54 5/20 | 无水染色工艺用染料=dye for waterless dyeing; 数码印花墨水=digital printing ink; 天然染料=natural dye | 活性染料=reactive dye; 匀染剂=levelling agent
D21H 3 | 17/00 19/10 21/16 27/10 | 食品包装纸=food packaging paper; 特种纸=speciality paper; 涂布纸=coated paper | 漂白硫酸盐浆=bleached kraft pulp; 施胶剂=sizing agent
`;
